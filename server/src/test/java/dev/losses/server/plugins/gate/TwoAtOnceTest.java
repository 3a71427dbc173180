package dev.losses.server.plugins.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Two checks at the same time. */
class TwoAtOnceTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void givenUpItEndsBoth() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CompletableFuture<String> second = new CompletableFuture<>();
    CompletableFuture<String> first = new CompletableFuture<>();
    Thread given = DaemonThreads.start("given-up", () -> {
      try {
        first.complete("" + TwoAtOnce.agree(() -> true, () -> waiting(entered, second)));
      } catch (Stage.Refusal refusal) {
        first.complete(refusal.reason());
      }
    });
    entered.await();
    given.interrupt();
    assertThat(second).succeedsWithin(SOON).isEqualTo("interrupted");
    assertThat(first).succeedsWithin(SOON).isEqualTo("It was given up");
  }

  @Test
  void oneThatFailsEndsBoth() throws Stage.Refusal {
    assertThat(TwoAtOnce.agree(() -> true, () -> false)).isFalse();
    assertThat(TwoAtOnce.agree(
            () -> {
              throw new IllegalStateException("failed");
            },
            () -> true))
        .isFalse();
    assertThat(TwoAtOnce.agree(() -> true, () -> true)).isTrue();
  }

  private static boolean waiting(CountDownLatch entered, CompletableFuture<String> outcome) {
    entered.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      outcome.complete("interrupted");
    }
    return true;
  }
}
