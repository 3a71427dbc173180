package dev.losses.server.plugins.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.losses.server.plugins.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** A gate alone, without a host behind it. */
final class GateFixture implements AutoCloseable {
  private final Path folder;
  private final Gate gate;

  private GateFixture(Path folder, Trust trust, Duration deadline) {
    this.folder = folder;
    try {
      this.gate = new Gate(JarCache.in(null, folder), folder, trust, deadline);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GateFixture on(Path folder) {
    return new GateFixture(folder, Trust.open(), Duration.ofSeconds(20));
  }

  static GateFixture trusting(Path folder, Trust trust) {
    return new GateFixture(folder, trust, Duration.ofSeconds(20));
  }

  static GateFixture withDeadline(Path folder, Duration deadline) {
    return new GateFixture(folder, Trust.open(), deadline);
  }

  Verdict<LoadedPlugin> examine(byte[] jar) {
    try {
      return gate.examine(Sighting.of(PluginJar.drop(jar, folder, "examined.jar")));
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(e);
    }
  }

  void admits(PluginJar jar) {
    Verdict<LoadedPlugin> verdict = examine(jar.bytes());
    assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
    ((Verdict.Admitted<LoadedPlugin>) verdict).value().close();
  }

  void refuses(PluginJar jar, String stage, String... reasons) {
    refuses(jar.bytes(), stage, reasons);
  }

  void refuses(byte[] jar, String stage, String... reasons) {
    Verdict<LoadedPlugin> verdict = examine(jar);
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    Rejection rejection = ((Verdict.Rejected<LoadedPlugin>) verdict).rejection();
    assertThat(rejection.reason()).contains(reasons).doesNotContain("\n").hasSizeLessThan(600);
    assertThat(rejection.stage()).isEqualTo(stage);
  }

  @Override
  public void close() {
    gate.close();
  }
}
