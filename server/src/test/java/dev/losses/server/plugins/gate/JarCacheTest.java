package dev.losses.server.plugins.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the private copies lie. */
class JarCacheTest {
  @TempDir
  Path temp;

  @Test
  void filesOfTheUserInTheCacheDirectoryAreLeftAlone() throws IOException {
    Path jar = Files.createFile(temp.resolve("mine.jar"));
    Path part = Files.createFile(temp.resolve("mine.part"));
    JarCache.in(temp, temp.resolve("plugins")).close();
    assertThat(jar).exists();
    assertThat(part).exists();
  }

  @Test
  void whatAnEarlierRunLeftBehindIsDeleted() throws IOException {
    Path copy = Files.createFile(temp.resolve("0123456789abcdef".repeat(4) + ".jar"));
    Path part = Files.createFile(temp.resolve("losses-copy-123.part"));
    JarCache.in(temp, temp.resolve("plugins")).close();
    assertThat(copy).doesNotExist();
    assertThat(part).doesNotExist();
  }

  @Test
  void thePluginFolderIsNoCacheDirectory() {
    assertThatThrownBy(() -> JarCache.in(temp, temp.resolve("../" + temp.getFileName())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be the plugin folder");
  }
}
