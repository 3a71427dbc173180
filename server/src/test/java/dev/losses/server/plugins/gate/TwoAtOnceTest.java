package dev.losses.server.plugins.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Two checks at the same time. */
class TwoAtOnceTest {
  @Test
  void givenUpItEndsBoth() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    Thread given = DaemonThreads.start(
        "given-up",
        () -> assertThatThrownBy(() -> TwoAtOnce.agree(() -> true, () -> {
              entered.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                left.countDown();
              }
              return true;
            }))
            .isInstanceOf(Stage.Refusal.class));
    entered.await();
    given.interrupt();
    left.await();
    given.join(20_000);
    assertThat(given.isAlive()).isFalse();
  }
}
