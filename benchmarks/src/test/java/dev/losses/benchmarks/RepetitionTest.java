package dev.losses.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RepetitionTest {
  private static double one() {
    return busyFor(50_000);
  }

  @Test
  void workThatIsDoneEachTimePasses() {
    assertDoesNotThrow(
        () -> Repetition.mustTakeLonger(() -> busyFor(5_000_000), RepetitionTest::one, 100));
  }

  @Test
  void workThatIsDoneOnceFails() {
    assertThrows(
        IllegalStateException.class,
        () -> Repetition.mustTakeLonger(RepetitionTest::one, RepetitionTest::one, 100));
  }

  private static double busyFor(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
    return nanos;
  }
}
