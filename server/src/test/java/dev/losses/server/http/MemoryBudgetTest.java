package dev.losses.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

  private static int refusal(MemoryBudget.Share share, long bytes) {
    return assertThrows(ProblemException.class, () -> share.take(bytes))
        .problem()
        .status();
  }
}
