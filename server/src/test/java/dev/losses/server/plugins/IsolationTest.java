package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.losses.api.Loss;
import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that misbehaves when it is called costs its callers an error and nobody else anything. */
class IsolationTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Never returns where a prediction is 1000, and ends when it is interrupted. */
  private static final PluginJar SLOW = PluginJar.named("slow", "1")
      .withArrayLoss(
          "Slow",
          "slow",
          "",
          "while (pred.get(0) == 1000 && !Thread.interrupted()) Thread.onSpinWait();");

  private static final PluginJar OTHER =
      PluginJar.named("other", "1").withLoss("Other", "other", 1);

  @TempDir
  Path folder;

  @Test
  void aLossThatNeverReturnsCostsItsCallerTheDeadline() {
    try (HostFixture host = serving(new IsolationProperties(SHORT, 8))) {
      assertProblem("evaluation-deadline", () -> host.call("slow", 0, 1000));
      assertThat(host.call("slow", 0, 2)).isEqualTo(4);
    }
  }

  @Test
  void callsThatOverrunSuspendThePluginAndNoOther() {
    try (HostFixture host = serving(new IsolationProperties(SHORT, 8))) {
      for (int i = 0; i < 3; i++) {
        assertProblem("evaluation-deadline", () -> host.call("slow", 0, 1000));
      }
      assertProblem("plugin-suspended", () -> host.call("slow", 0, 2));
      assertThat(host.call("other", 0, 2)).isEqualTo(4);
    }
  }

  @Test
  void aCallThatNeverEndsKeepsItsOwnPluginAndNoOther() {
    String release = "losses.test.release";
    PluginJar stuck = PluginJar.named("stuck", "1")
        .withArrayLoss(
            "Stuck",
            "stuck",
            "",
            "while (pred.get(0) == 1000 && System.getProperty(\"" + release
                + "\") == null) Thread.onSpinWait();");
    try (HostFixture host = serving(new IsolationProperties(SHORT, 8))) {
      stuck.dropInto(folder, "stuck.jar");
      host.awaitState("stuck.jar", PluginState.ACTIVE);
      assertProblem("evaluation-deadline", () -> host.call("stuck", 0, 1000));
      host.remove("other.jar");
      host.awaitGone("other.jar");
      host.remove("stuck.jar");
      assertThat(host.awaitState("stuck.jar", PluginState.DRAINING).leases()).isEqualTo(1);
      System.setProperty(release, "");
      host.awaitGone("stuck.jar");
    } finally {
      System.clearProperty(release);
    }
  }

  @Test
  void callsThatFindThePluginBusyDoNotHideThatItOverruns() {
    try (HostFixture host = serving(new IsolationProperties(SHORT, 1))) {
      HostFixture.until(() -> {
        // One gets the only thread and overruns; the others are not begun.
        List<CompletableFuture<String>> calls = Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> problemOf(host)))
            .limit(4)
            .toList();
        return calls.stream().map(CompletableFuture::join).toList().contains("plugin-suspended");
      });
    }
  }

  private static String problemOf(HostFixture host) {
    try {
      return String.valueOf(host.call("slow", 0, 1000));
    } catch (ProblemException e) {
      return e.problem().code();
    }
  }

  @Test
  void aLossThatThrowsOnOneCallersDataStaysOpenForTheOthers() {
    PluginJar picky = PluginJar.named("picky", "1")
        .withArrayLoss("Picky", "picky", """
            static class Odd extends RuntimeException {
              private static final long serialVersionUID = 1L;
              @Override public String getMessage() { throw new Odd(); }
            }
            """, "if (pred.get(0) == 1000) throw new Odd();");
    try (HostFixture host = serving(new IsolationProperties(LONG, 8))) {
      picky.dropInto(folder, "picky.jar");
      host.awaitState("picky.jar", PluginState.ACTIVE);
      for (int i = 0; i < 30; i++) {
        assertThatThrownBy(() -> host.call("picky", 0, 1000))
            .isInstanceOf(LossException.class)
            .hasMessageContaining("Odd, whose message cannot be read");
      }
      assertThat(host.call("picky", 0, 2)).isEqualTo(4);
    }
  }

  @Test
  void aLossThatOverflowsTheStackFailsThatCallAlone() {
    PluginJar deep = PluginJar.named("deep", "1")
        .withArrayLoss(
            "Deep",
            "deep",
            "static double down(double x) { return 1 + down(x); }",
            "if (pred.get(0) == 1000) losses[0] = down(1);");
    try (HostFixture host = serving(new IsolationProperties(LONG, 8))) {
      deep.dropInto(folder, "deep.jar");
      host.awaitState("deep.jar", PluginState.ACTIVE);
      assertThatThrownBy(() -> host.call("deep", 0, 1000))
          .isInstanceOf(LossException.class)
          .hasMessageContaining("StackOverflowError");
      assertThat(host.call("deep", 0, 2)).isEqualTo(4);
    }
  }

  @Test
  void aPluginWithAllItsCallsUnderWayIsBusyAndNoOtherIs() {
    CompletableFuture<Double> stuck;
    try (HostFixture host = serving(new IsolationProperties(LONG, 1))) {
      stuck = CompletableFuture.supplyAsync(() -> host.call("slow", 0, 1000));
      HostFixture.until(() -> threads("losses-calls-slow.jar") == 1);
      assertProblem("plugin-busy", () -> host.call("slow", 0, 2));
      assertThat(host.call("other", 0, 2)).isEqualTo(4);
    }
    // The end of the host interrupts it.
    assertThat(stuck).succeedsWithin(HostFixture.SOON);
  }

  @Test
  void aPluginFindsItsOwnResourcesThroughTheContextClassLoader() {
    PluginJar curious = PluginJar.named("curious", "1")
        .withArrayLoss(
            "Curious",
            "curious",
            "",
            "if (Thread.currentThread().getContextClassLoader() != Curious.class.getClassLoader()) losses[0] = -1;");
    try (HostFixture host = serving(new IsolationProperties(LONG, 8))) {
      curious.dropInto(folder, "curious.jar");
      host.awaitState("curious.jar", PluginState.ACTIVE);
      ClassLoader before = Thread.currentThread().getContextClassLoader();
      assertThat(host.call("curious", 0, 2)).isEqualTo(4);
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
  }

  @Test
  void aPluginUsesTheLibrariesItBringsNotTheServers() {
    String library = "tools.jackson.databind.ObjectMapper";
    String file = library.replace('.', '/') + ".class";
    PluginJar bundled = PluginJar.named("library", "1").withType(library, """
            package tools.jackson.databind;
            public class ObjectMapper {
              @Override public String toString() { return "the plugin's own"; }
            }
            """);
    PluginJar modern = PluginJar.named("modern", "1")
        .withArrayLoss(
            "Modern",
            "modern",
            "",
            "if (!new tools.jackson.databind.ObjectMapper().toString().equals(\"the plugin's own\")) losses[0] = -1;");
    try (HostFixture host = serving(new IsolationProperties(LONG, 8))) {
      modern.withFile(file, bundled.file(file)).dropInto(folder, "modern.jar");
      host.awaitState("modern.jar", PluginState.ACTIVE);
      assertThat(host.call("modern", 0, 2)).isEqualTo(4);
    }
  }

  @Test
  void parametersThatARecordRefusesAreTheCallersFaultAndThoseItFailsOnThePlugins() {
    PluginJar choosy = PluginJar.named("choosy", "1").withType("acme.Choosy", """
            package acme;
            import dev.losses.spi.*;
            @LossName("choosy")
            public record Choosy(double factor) implements FormulaLoss {
              public Choosy {
                if (factor == 2) throw new IllegalArgumentException("factor must not be 2");
                if (factor == 3) throw new IllegalStateException("three is too much");
              }
              public Choosy() { this(1); }
              @Override public Expr loss(Expr yTrue, Expr yPred) { return yPred.minus(yTrue).squared().times(factor); }
            }
            """);
    try (HostFixture host = serving(new IsolationProperties(LONG, 8))) {
      choosy.dropInto(folder, "choosy.jar");
      host.awaitState("choosy.jar", PluginState.ACTIVE);
      assertCode(LossErrorCode.INVALID_PARAMETERS, () -> bind(host, 2));
      assertCode(LossErrorCode.LOSS_FAILURE, () -> bind(host, 3));
      assertCode(LossErrorCode.INVALID_PARAMETERS, () -> bind(host, "many"));
      assertThat(host.call("choosy", 0, 2)).isEqualTo(4);
    }
  }

  private static Loss bind(HostFixture host, Object factor) {
    try (Catalog.Lease lease = host.host.lease()) {
      return lease.call(
          lease.losses().definition("choosy"),
          () -> lease.losses().loss("choosy", Map.of("factor", factor)));
    }
  }

  private static void assertCode(LossErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(LossException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private HostFixture serving(IsolationProperties isolation) {
    SLOW.dropInto(folder, "slow.jar");
    OTHER.dropInto(folder, "other.jar");
    HostFixture host = HostFixture.withIsolation(folder, isolation);
    host.awaitState("slow.jar", PluginState.ACTIVE);
    host.awaitState("other.jar", PluginState.ACTIVE);
    return host;
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .count();
  }

  private static void assertProblem(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code));
  }
}
