package dev.losses.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.losses.server.plugins.PluginJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar losses-server.jar verify my.jar}. */
class VerifyJarIT {
  private static final String EXAMPLE =
      "target/examples/my-huber-plugin/target/my-huber-plugin-1.0.0.jar";

  @TempDir
  Path folder;

  private record Outcome(int exit, String report) {}

  @Test
  void theExamplePluginPasses() throws Exception {
    Outcome outcome = verify(EXAMPLE);
    assertThat(outcome.report())
        .contains("my-huber-plugin 1.0.0", "sha256:")
        .contains("scan, copy, structure, trust, spi, nd4j, load, canary")
        .contains("my_huber(y_true, y_pred, threshold=1.0)")
        .contains("OK")
        .startsWith(EXAMPLE);
    assertThat(outcome.exit()).isZero();
  }

  @Test
  void aJarThatWouldBeRefusedSaysWhereAndWhy() throws Exception {
    Path bad = PluginJar.named("bad", "1")
        .withArrayLoss("Bad", "bad", "", "losses[0] = Double.NaN;")
        .dropInto(folder, "bad.jar");
    Outcome outcome = verify(EXAMPLE, bad.toString());
    assertThat(outcome.report())
        .contains("REFUSED", "at the stage canary", "The loss bad: its value is not finite");
    assertThat(outcome.exit()).isEqualTo(1);
  }

  @Test
  void aNameThatABuiltInHasIsRefused() throws Exception {
    Path bad = PluginJar.named("bad", "1").withLoss("Bad", "huber", 1).dropInto(folder, "bad.jar");
    Outcome outcome = verify(bad.toString());
    assertThat(outcome.report()).contains("built-in losses named huber");
    assertThat(outcome.exit()).isEqualTo(1);
  }

  @Test
  void aJarThatEndsTheProcessIsNoVerdict() throws Exception {
    Path bad = PluginJar.named("bad", "1")
        .withArrayLoss("Bad", "bad", "static { System.exit(0); }", "")
        .dropInto(folder, "bad.jar");
    Outcome outcome = verify(bad.toString());
    assertThat(outcome.report()).contains("REFUSED", "ended before the verdict");
    assertThat(outcome.exit()).isEqualTo(1);
  }

  @Test
  void withoutAJarItSaysHowItIsUsed() throws Exception {
    assertThat(verify().report()).contains("Usage: java -jar losses-server.jar verify JAR...");
    assertThat(verify().exit()).isEqualTo(2);
    Outcome absent = verify("absent.jar");
    assertThat(absent.report()).contains("There is no such file");
    assertThat(absent.exit()).isEqualTo(2);
  }

  private static Outcome verify(String... jars) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-jar",
        "target/losses-server.jar",
        "verify"));
    command.addAll(List.of(jars));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), report);
  }
}
