package dev.losses.server.plugins.gate;

import dev.losses.server.plugins.PluginJar;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses that compute something else than they should, each found out before anyone calls it. */
class CanaryTest {
  @TempDir
  Path folder;

  private GateFixture gate;

  @BeforeEach
  void open() {
    gate = GateFixture.on(folder);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void aLossThatComputesWhatItShouldIsAdmitted() {
    gate.admits(loss("", ""));
  }

  @Test
  void aValueThatIsNotANumberIsRefused() {
    gate.refuses(loss("", "losses[0] = Double.NaN;"), "canary", "value is not finite");
  }

  @Test
  void aLossOfTheWrongLengthIsRefused() {
    gate.refuses(
        loss("", "losses = new double[rows + 1];"), "canary", "first axis must be the batch");
  }

  @Test
  void aLossThatWritesToItsInputsIsRefused() {
    gate.refuses(
        loss("", "pred.set(0, pred.get(0) + 1e-9);"), "canary", "writes to its input y_pred");
  }

  @Test
  void aLossThatAnswersDifferentlyEachTimeIsRefused() {
    gate.refuses(
        loss("private static double calls;", "losses[0] += 1e-12 * ++calls;"),
        "canary",
        "two answers");
  }

  @Test
  void aLossThatKeepsItsWorkInAFieldIsRefused() {
    gate.refuses(loss("private static double[] shared;", """
            shared = losses;
            Thread.yield();
            losses = shared;
            """), "canary", "two threads");
  }

  @Test
  void aLibraryThatIsNotInTheJarIsMissedBeforeAnyCallerMissesIt() {
    PluginJar whole = loss(
        "static final class Library { static double one() { return 1; } }",
        "losses[0] *= Library.one();");
    gate.admits(whole);
    gate.refuses(whole.without("acme/Bad$Library.class"), "canary", "acme/Bad$Library");
  }

  @Test
  void aLossThatNeverReturnsIsGivenUpAtTheDeadline() {
    try (GateFixture hurried = GateFixture.withDeadline(folder, Duration.ofMillis(1500))) {
      hurried.refuses(
          loss("", "while (!Thread.interrupted()) { Thread.onSpinWait(); }"),
          "canary",
          "longer than 1500 ms");
    }
  }

  @Test
  void aLossThatOverflowsTheStackIsRefused() {
    gate.refuses(
        loss("static double deep(double x) { return 1 + deep(x); }", "losses[0] = deep(1);"),
        "canary",
        "StackOverflowError");
  }

  @Test
  void aLossThatRunsOutOfMemoryIsRefused() {
    gate.refuses(
        loss("", "losses[0] += new long[Integer.MAX_VALUE].length;"), "canary", "OutOfMemoryError");
  }

  private static PluginJar loss(String members, String statement) {
    return PluginJar.named("bad", "1").withArrayLoss("Bad", "bad", members, statement);
  }
}
