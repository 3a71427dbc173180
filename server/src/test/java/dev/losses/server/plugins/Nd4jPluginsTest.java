package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that compute with the ND4J of the server. */
class Nd4jPluginsTest {
  private static final String FILE = "tensors.jar";

  @TempDir
  Path folder;

  @Test
  void aTensorLossIsServedAndItsCodeLeavesMemory() {
    TensorLossJar.right().dropInto(folder, FILE);
    try (HostFixture host = HostFixture.on(folder)) {
      host.awaitState(FILE, PluginState.ACTIVE);
      assertThat(host.call("half_squares", 0, 2)).isEqualTo(2);
      host.remove(FILE);
      await().atMost(HostFixture.SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
        System.gc();
        return host.status(FILE, PluginState.COLLECTED).isPresent();
      });
    }
  }

  @Test
  void anArrayLossMayCallNd4jToo() {
    PluginJar.named("arrays", "1")
        .withArrayLoss(
            "Direct",
            "direct",
            "",
            "losses = org.nd4j.linalg.factory.Nd4j.createFromArray(losses).mul(1).toDoubleVector();")
        .dropInto(folder, FILE);
    try (HostFixture host = HostFixture.on(folder)) {
      host.awaitState(FILE, PluginState.ACTIVE);
      assertThat(host.call("direct", 0, 2)).isEqualTo(4);
    }
  }

  @Test
  void aWrongGradientIsRefused() {
    assertThat(refusal(TensorLossJar.with("", "yTrue.sub(yPred)")))
        .contains("half_squares", "its gradient is wrong");
  }

  /** Its memory is that of the call in which it was made, and of others after that. */
  @Test
  void anArrayKeptFromOneCallToTheNextIsFoundOut() {
    PluginJar keeping = TensorLossJar.with("""
        private static INDArray kept;
        private static synchronized INDArray kept(INDArray yPred) {
          if (kept == null) kept = Nd4j.ones(yPred.dataType(), yPred.shape()).add(0);
          return yPred.rank() == 2 && kept.dataType() == yPred.dataType() ? kept : yPred.div(yPred);
        }
        """, "yPred.sub(yTrue).mul(kept(yPred))");
    assertThat(refusal(keeping)).contains("half_squares");
  }

  @Test
  void whatTheServerDoesNotShowPluginsIsNamed() {
    PluginJar trainer = PluginJar.named("trainer", "1")
        .withArrayLoss("Trainer", "trainer", "", "dev.losses.nd4j.Nd4jLoss.named(\"mse\").name();");
    assertThat(refusal(trainer, "spi"))
        .contains("uses dev/losses/nd4j/Nd4jLoss", "build against the server's losses-nd4j");
  }

  private String refusal(PluginJar jar) {
    return refusal(jar, "canary");
  }

  private String refusal(PluginJar jar, String stage) {
    jar.dropInto(folder, FILE);
    try (HostFixture host = HostFixture.on(folder)) {
      host.awaitState(FILE, PluginState.QUARANTINED);
      PluginStatus status = host.status(FILE, PluginState.QUARANTINED).orElseThrow();
      assertThat(status.stage()).isEqualTo(stage);
      return String.valueOf(status.reason());
    }
  }
}
