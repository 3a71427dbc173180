package dev.losses.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  @TempDir
  Path folder;

  @Test
  void onlyWhatIsBetweenTheCommentsIsReplaced() throws IOException {
    Path file = folder.resolve("page.md");
    Files.writeString(
        file,
        "before\n<!-- benchmarks/run.sh writes from here -->\nold\n<!-- to here -->\nafter\n");
    new Page(file).put("new\n");
    new Page(file).put("newer\n");
    assertEquals(
        "before\n<!-- benchmarks/run.sh writes from here -->\n\nnewer\n\n<!-- to here -->\nafter\n",
        Files.readString(file));
  }

  @Test
  void pageWithoutTheCommentsIsLeftAlone() throws IOException {
    Path file = folder.resolve("page.md");
    Files.writeString(file, "before\n");
    assertThrows(IllegalStateException.class, () -> new Page(file).put("new"));
    assertEquals("before\n", Files.readString(file));
  }
}
