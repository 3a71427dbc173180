package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.losses.server.plugins.gate.Identity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who served when the server last ran. */
class LastActiveTest {
  private static final Identity FIRST = new Identity("a.jar", "a", "1", "sha256:a");
  private static final Identity LAST = new Identity("b.jar", "b", "1", "sha256:b");

  @TempDir
  Path folder;

  @Test
  void aCrashDuringTheStartForgetsNobody() {
    save(true, "sha256:a", "sha256:b");
    save(false, "sha256:a");
    assertThat(new LastActive(folder).served(LAST)).isTrue();
    save(true, "sha256:a");
    assertThat(new LastActive(folder).served(LAST)).isFalse();
    assertThat(new LastActive(folder).served(FIRST)).isTrue();
  }

  private void save(boolean settled, String... digests) {
    LastActive run = new LastActive(folder);
    if (settled) {
      run.settle();
    }
    run.save(List.of(digests));
  }
}
