package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two jars that want one name. */
class NameClashTest {
  private static final PluginJar ONE = PluginJar.named("one", "1").withLoss("One", "wanted", 1);
  private static final PluginJar TWO = PluginJar.named("two", "1").withLoss("Two", "wanted", 2);

  @TempDir
  Path temp;

  @Test
  void theFileThatHasANameKeepsIt() {
    try (HostFixture host = HostFixture.on(temp)) {
      TWO.dropInto(temp, "two.jar");
      host.awaitState("two.jar", PluginState.ACTIVE);

      ONE.dropInto(temp, "one.jar");

      PluginStatus status = host.awaitState("one.jar", PluginState.QUARANTINED);
      assertThat(status.stage()).isEqualTo("publish");
      assertThat(status.reason()).isEqualTo("The name wanted: two.jar has it already");
      assertThat(host.evaluate("wanted", 0, 1)).isEqualTo(2);
    }
  }

  @Test
  void aJarKeptOutByAnotherServesOnceThatIsGone() {
    try (HostFixture host = HostFixture.on(temp)) {
      TWO.dropInto(temp, "two.jar");
      host.awaitState("two.jar", PluginState.ACTIVE);
      ONE.dropInto(temp, "one.jar");
      host.awaitState("one.jar", PluginState.QUARANTINED);

      host.remove("two.jar");

      host.awaitState("one.jar", PluginState.ACTIVE);
      assertThat(host.evaluate("wanted", 0, 1)).isEqualTo(1);
    }
  }

  @Test
  void ofTwoNewcomersNeitherGetsTheNameUntilOneIsGone() throws IOException {
    Path folder = bothLyingThere();
    try (HostFixture host = HostFixture.on(folder)) {
      assertThat(host.awaitState("one.jar", PluginState.QUARANTINED).reason()).contains("two.jar");
      assertThat(host.awaitState("two.jar", PluginState.QUARANTINED).reason()).contains("one.jar");
      assertThat(host.serves("wanted")).isFalse();

      host.remove("two.jar");

      host.awaitState("one.jar", PluginState.ACTIVE);
      assertThat(host.evaluate("wanted", 0, 1)).isEqualTo(1);
    }
  }

  @Test
  void afterARestartTheOneLastActiveHasTheName() throws IOException {
    Path folder = temp.resolve("plugins");
    try (HostFixture host = HostFixture.on(folder)) {
      TWO.dropInto(folder, "two.jar");
      host.awaitState("two.jar", PluginState.ACTIVE);
      ONE.dropInto(folder, "one.jar");
      host.awaitState("one.jar", PluginState.QUARANTINED);
    }
    bothLyingThere();
    try (HostFixture host = HostFixture.on(folder)) {
      host.awaitState("two.jar", PluginState.ACTIVE);
      host.awaitState("one.jar", PluginState.QUARANTINED);
      assertThat(host.evaluate("wanted", 0, 1)).isEqualTo(2);
    }
  }

  /** Both as they lie in the folder of a server that is not running. */
  private Path bothLyingThere() throws IOException {
    Path folder = temp.resolve("plugins");
    Files.setLastModifiedTime(ONE.dropInto(folder, "one.jar"), FileTime.fromMillis(0));
    Files.setLastModifiedTime(TWO.dropInto(folder, "two.jar"), FileTime.fromMillis(0));
    return folder;
  }
}
