package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bad jar is quarantined, says why, and harms nobody. */
class BadJarsTest {
  private static final PluginJar GOOD = PluginJar.named("good", "1").withLoss("Good", "good", 1);

  private static final PluginJar OTHER =
      PluginJar.named("other", "1").withLoss("Other", "other", 1);

  @TempDir
  Path folder;

  @Test
  void anEmptyFileIsQuarantined() {
    assertQuarantined(new byte[0], "structure", "not a readable jar");
  }

  @Test
  void aTextFileIsQuarantined() {
    assertQuarantined(
        "no jar at all".getBytes(StandardCharsets.UTF_8), "structure", "not a readable jar");
  }

  @Test
  void aTruncatedJarIsQuarantined() {
    byte[] whole = GOOD.bytes();
    assertQuarantined(Arrays.copyOf(whole, whole.length / 2), "structure", "not a readable jar");
  }

  @Test
  void aJarWithADamagedEntryIsQuarantined() {
    byte[] bytes = GOOD.bytes();
    bytes[bytes.length / 3] ^= 0x55;
    assertQuarantined(bytes, "structure", "damaged");
  }

  @Test
  void aDirectoryIsQuarantined() throws IOException {
    try (HostFixture host = HostFixture.on(folder)) {
      Files.createDirectory(folder.resolve("bad.jar"));
      PluginStatus status = host.awaitState("bad.jar", PluginState.QUARANTINED);
      assertThat(status.stage()).isEqualTo("copy");
      assertThat(status.reason()).contains("not a regular file");
    }
  }

  @Test
  void aLinkThatLeadsNowhereIsQuarantinedAndHidesNoOther() throws IOException {
    try (HostFixture host = HostFixture.on(folder)) {
      Files.createSymbolicLink(folder.resolve("bad.jar"), Path.of("bad.jar"));
      OTHER.dropInto(folder, "zz-other.jar");
      host.awaitState("zz-other.jar", PluginState.ACTIVE);
      PluginStatus status = host.awaitState("bad.jar", PluginState.QUARANTINED);
      assertThat(status.stage()).isEqualTo("scan");
      assertThat(status.reason()).contains("cannot be read").doesNotContain(folder.toString());
    }
  }

  @Test
  void aJarThatNamesOtherJarsIsQuarantined() {
    assertQuarantined(GOOD.withAttribute("Class-Path", "more.jar"), "structure", "Class-Path");
  }

  @Test
  void aJarWithAnIndexOfOtherJarsIsQuarantined() {
    assertQuarantined(GOOD.withFile("META-INF/INDEX.LIST", new byte[0]), "structure", "INDEX.LIST");
  }

  @Test
  void aJarThatUnpacksToTooMuchIsQuarantined() {
    byte[] zeros = new byte[16 << 20];
    PluginJar jar = GOOD;
    for (int i = 0; i <= 512 / 16; i++) {
      jar = jar.withFile("zeros-" + i, zeros);
    }
    assertQuarantined(jar, "structure", "unpacks to more");
  }

  @Test
  void aReasonDoesNotTellWhereTheJarLies() throws IOException {
    try (HostFixture host = HostFixture.on(folder)) {
      constructing("""
          throw new IllegalStateException(
              "failed in " + Bad.class.getProtectionDomain().getCodeSource().getLocation());
          """).dropInto(folder, "bad.jar");
      assertThat(host.awaitState("bad.jar", PluginState.QUARANTINED).reason())
          .contains("failed in file:")
          .doesNotContain("losses-plugins-");
    }
  }

  @Test
  void aJarWithoutServicesFileIsQuarantined() {
    assertQuarantined(
        GOOD.withoutServices(), "structure", "META-INF/services/dev.losses.spi.LossFunction");
  }

  @Test
  void aServicesFileThatNamesNothingIsQuarantined() {
    assertQuarantined(GOOD.withoutServices().listing("# none"), "structure", "names no class");
  }

  @Test
  void aJarNamingAMissingClassIsQuarantinedWhole() {
    assertQuarantined(GOOD.listing("acme.Missing"), "load", "acme.Missing");
  }

  @Test
  void aJarNamingAClassThatIsNoLossIsQuarantined() {
    assertQuarantined(GOOD.listing("java.lang.String"), "load", "java.lang.String is not a");
  }

  @Test
  void aConstructorThatThrowsIsQuarantinedWithItsMessage() {
    assertQuarantined(
        constructing("throw new IllegalStateException(\"out of cheese\");"),
        "load",
        "out of cheese");
  }

  @Test
  void aConstructorThatThrowsAnExceptionOfItsOwnWithAFailingMessageIsQuarantined() {
    PluginJar jar = PluginJar.named("bad", "1").withType("acme.Bad", """
            package acme;
            import dev.losses.spi.*;
            public record Bad(double x) implements FormulaLoss {
              public static class Odd extends RuntimeException {
                private static final long serialVersionUID = 1L;
                @Override public String getMessage() { throw new Odd(); }
              }
              public Bad() { this(1); throw new Odd(); }
              @Override public Expr loss(Expr yTrue, Expr yPred) { return yPred; }
            }
            """);
    assertQuarantined(jar, "load", "acme.Bad$Odd");
  }

  @Test
  void aConstructorThatOverflowsTheStackIsQuarantined() {
    assertQuarantined(constructing("new Bad();"), "load", "StackOverflowError");
  }

  @Test
  void aConstructorThatRunsOutOfMemoryIsQuarantined() {
    assertQuarantined(
        constructing("long[] all = new long[Integer.MAX_VALUE];"), "load", "OutOfMemoryError");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "if (true) throw new IllegalStateException(\"out of cheese\"); | out of cheese",
        "new Bad(1).loss(null, null); | NullPointerException",
        "long[] all = new long[Integer.MAX_VALUE]; | OutOfMemoryError",
        "deep(); | StackOverflowError"
      })
  void aStaticInitialiserThatFailsIsQuarantined(String statement, String reason) {
    PluginJar jar = PluginJar.named("bad", "1").withType("acme.Bad", """
            package acme;
            import dev.losses.spi.*;
            public record Bad(double x) implements FormulaLoss {
              static { %s }
              static int deep() { return 1 + deep(); }
              public Bad() { this(1); }
              @Override public Expr loss(Expr yTrue, Expr yPred) { return yPred.minus(yTrue); }
            }
            """.formatted(statement));
    assertQuarantined(jar, "load", reason);
  }

  @Test
  void aDefaultOutsideItsOwnRangeIsQuarantined() {
    assertQuarantined(PluginJar.named("bad", "1").withLoss("Bad", "bad", -1), "load", "factor");
  }

  @Test
  void aConstructorThatLoopsForEverIsQuarantinedAfterTheDeadlineAndDelaysNoOther() {
    try (HostFixture host = HostFixture.withLoadDeadline(folder, Duration.ofSeconds(3))) {
      constructing("while (true) { Thread.onSpinWait(); if (Thread.interrupted()) break; }")
          .dropInto(folder, "bad.jar");
      host.awaitState("bad.jar", PluginState.LOADING);
      GOOD.dropInto(folder, "good.jar");
      host.awaitState("good.jar", PluginState.ACTIVE);
      assertThat(host.status("bad.jar", PluginState.LOADING)).isPresent();

      PluginStatus status = host.awaitState("bad.jar", PluginState.QUARANTINED);
      assertThat(status.stage()).isEqualTo("load");
      assertThat(status.reason()).contains("longer than 3000 ms");
    }
  }

  @Test
  void aJarThatClashesWithABuiltInIsQuarantined() {
    assertQuarantined(
        PluginJar.named("bad", "1").withLoss("Bad", "huber", 1),
        "publish",
        "The name huber: there are built-in");
  }

  @Test
  void twoLossesOfOneNameInAJarAreQuarantined() {
    assertQuarantined(
        PluginJar.named("bad", "1").withLoss("Bad", "same", 1).withLoss("Worse", "same", 1),
        "load",
        "'same'");
  }

  @Test
  void aLossThatIsNotFiniteOnOrdinaryInputsIsQuarantined() {
    assertQuarantined(formula("yPred.minus(yPred).log()"), "canary", "not finite");
  }

  @Test
  void aLossWithAnIllFormedFormulaIsQuarantined() {
    assertQuarantined(formula("null"), "load", "bad");
  }

  @Test
  void aLossWithAWrongGradientIsQuarantined() {
    PluginJar jar = PluginJar.named("bad", "1").withType("acme.Bad", """
            package acme;
            import dev.losses.spi.*;
            import java.util.Map;
            public record Bad(double x) implements ArrayLoss {
              public Bad() { this(1); }
              @Override public Losses loss(Map<String, Tensor> inputs) {
                Tensor pred = inputs.get("y_pred");
                int rows = pred.axis(0);
                int width = pred.size() / rows;
                double[] losses = new double[rows];
                for (int i = 0; i < pred.size(); i++) {
                  losses[i / width] += pred.get(i) * pred.get(i);
                }
                return Losses.of(Tensor.of(losses, rows));
              }
              @Override public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
                Tensor pred = inputs.get("y_pred");
                double[] gradient = new double[pred.size()];
                for (int i = 0; i < gradient.length; i++) {
                  gradient[i] = 3 * pred.get(i);
                }
                return Map.of("y_pred", Tensor.of(gradient, pred.shape()));
              }
            }
            """);
    assertQuarantined(jar, "canary", "gradient");
  }

  @Test
  void aBadVersionLeavesTheGoodOneServing() {
    try (HostFixture host = HostFixture.on(folder)) {
      GOOD.dropInto(folder, "good.jar");
      host.awaitState("good.jar", PluginState.ACTIVE);

      PluginJar.drop(new byte[] {1, 2, 3}, folder, "good.jar");

      host.awaitState("good.jar", PluginState.QUARANTINED);
      assertThat(host.status("good.jar", PluginState.ACTIVE)).isPresent();
      assertThat(host.evaluate("good", 1, 3)).isEqualTo(4);
    }
  }

  @Test
  void aMendedJarLeavesQuarantine() {
    try (HostFixture host = HostFixture.on(folder)) {
      PluginJar.drop(new byte[0], folder, "good.jar");
      host.awaitState("good.jar", PluginState.QUARANTINED);

      GOOD.dropInto(folder, "good.jar");

      host.awaitState("good.jar", PluginState.ACTIVE);
      assertThat(host.status("good.jar", PluginState.QUARANTINED)).isEmpty();
      assertThat(host.serves("good")).isTrue();
    }
  }

  private static PluginJar constructing(String statement) {
    return PluginJar.named("bad", "1").withType("acme.Bad", """
            package acme;
            import dev.losses.spi.*;
            public record Bad(double x) implements FormulaLoss {
              public Bad() { this(1); if (x > 0) { %s } }
              @Override public Expr loss(Expr yTrue, Expr yPred) { return yPred; }
            }
            """.formatted(statement));
  }

  private static PluginJar formula(String expression) {
    return PluginJar.named("bad", "1").withType("acme.Bad", """
            package acme;
            import dev.losses.spi.*;
            public record Bad(double x) implements FormulaLoss {
              public Bad() { this(1); }
              @Override public Expr loss(Expr yTrue, Expr yPred) { return %s; }
            }
            """.formatted(expression));
  }

  private void assertQuarantined(PluginJar jar, String stage, String reason) {
    assertQuarantined(jar.bytes(), stage, reason);
  }

  private void assertQuarantined(byte[] jar, String stage, String reason) {
    try (HostFixture host = HostFixture.on(folder)) {
      PluginJar.drop(jar, folder, "bad.jar");
      OTHER.dropInto(folder, "zz-other.jar");
      PluginStatus status = host.awaitState("bad.jar", PluginState.QUARANTINED);
      assertThat(status.stage()).isEqualTo(stage);
      assertThat(status.reason()).contains(reason).doesNotContain(folder.toString());
      assertThat(host.serves("bad")).isFalse();
      host.awaitState("zz-other.jar", PluginState.ACTIVE);
      assertThat(host.evaluate("other", 1, 3)).isEqualTo(4);
    }
  }
}
