package dev.losses.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocstringsTest {
  @TempDir
  private Path sources;

  @Test
  void aDocstringBecomesMarkdown() throws IOException {
    Files.writeString(sources.resolve("Text.java"), """
        package some.where;

        /**
         * The loss {@code |e|
         * < 1}, see {@link Math#abs} or {@linkplain Math the library}; 1 &lt; 2.
         *
         * <p>A second paragraph:
         * <ul>
         *   <li>one
         *   <li><i>two</i>
         * </ul>
         *
         * @param delta is left out
         */
        record Text(double delta) {}
        """);
    assertEquals(Map.of("some.where.Text", """
            The loss `|e| < 1`, see `Math.abs` or the library; 1 &lt; 2.

            A second paragraph:

            - one
            - *two*"""), Docstrings.of(sources));
  }
}
