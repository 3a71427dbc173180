package dev.losses.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.server.problem.ProblemException;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100);

  @Test
  void aRequestThatFitsBesideNoOtherIsTooLarge() {
    try (MemoryBudget.Share share = budget.share()) {
      share.take(60);
      assertEquals(413, refusal(share, 60));
    }
  }

  @Test
  void aRequestThatFitsLaterIsToTryAgain() {
    MemoryBudget.Share first = budget.share();
    first.take(60);
    try (MemoryBudget.Share second = budget.share()) {
      assertEquals(503, refusal(second, 60));
      first.close();
      second.take(60);
    }
    try (MemoryBudget.Share third = budget.share()) {
      third.take(100);
    }
  }

  @Test
  void anArrayServesAgainOnceItsRequestLetsItGo() {
    MemoryBudget large = new MemoryBudget(1 << 24);
    float[] array;
    try (MemoryBudget.Share share = large.share()) {
      array = share.floats(1 << 17);
      share.release();
    }
    try (MemoryBudget.Share share = large.share()) {
      assertNotSame(array, share.floats((1 << 17) + 1), "of another length");
      assertSame(array, share.floats(1 << 17));
      assertNotSame(array, share.floats(1 << 17), "it is taken");
    }
    try (MemoryBudget.Share share = large.share()) {
      assertNotSame(array, share.floats(1 << 17), "nobody said that it is free");
    }
  }

  @Test
  void noMoreIsKeptThanAShareOfTheMemory() {
    MemoryBudget large = new MemoryBudget(1 << 22);
    double[] first;
    double[] second;
    try (MemoryBudget.Share share = large.share()) {
      first = share.doubles(1 << 16);
      second = share.doubles(1 << 16);
      share.release();
    }
    try (MemoryBudget.Share share = large.share()) {
      assertSame(second, share.doubles(1 << 16));
      assertNotSame(first, share.doubles(1 << 16));
    }
  }

  private static int refusal(MemoryBudget.Share share, long bytes) {
    return assertThrows(ProblemException.class, () -> share.take(bytes))
        .problem()
        .status();
  }
}
