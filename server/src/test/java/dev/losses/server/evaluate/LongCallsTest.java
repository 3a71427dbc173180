package dev.losses.server.evaluate;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that take long are let in as long as they need not wait for long. */
class LongCallsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final LossDefinition INFO_NCE = LossCatalog.load().definition("info_nce");

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> callers = new ArrayList<>();
  private final List<LongCalls> opened = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    endCalls();
    opened.forEach(LongCalls::destroy);
  }

  private void endCalls() throws InterruptedException {
    end.countDown();
    for (Thread each : callers) {
      each.join();
    }
  }

  @Test
  void sixteenForEachCoreMayWaitForLongAndNobodyElse() throws InterruptedException {
    LongCalls calls = longCalls(Duration.ZERO);
    calls.run(INFO_NCE, () -> 1);
    for (int i = 0; i < 17 * CORES; i++) {
      begin(calls);
    }
    assertTrue(calls.isQueueFull());
    endCalls();
    assertFalse(calls.isQueueFull());
  }

  @Test
  void moreMayWaitIfTheyNeedNotForLong() {
    LongCalls calls = longCalls(LONG);
    calls.run(INFO_NCE, () -> 1);
    for (int i = 0; i < 20 * CORES; i++) {
      begin(calls);
    }
    assertFalse(calls.isQueueFull());
  }

  private LongCalls longCalls(Duration targetWait) {
    LongCalls calls = new LongCalls(LONG, 100 * CORES, targetWait);
    opened.add(calls);
    return calls;
  }

  /** Returns when a caller waits for the answer. */
  private void begin(LongCalls calls) {
    assertFalse(calls.isQueueFull());
    Thread caller = new Thread(() -> calls.run(INFO_NCE, this::awaitEnd));
    callers.add(caller);
    caller.start();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(caller::getState, Thread.State.TIMED_WAITING::equals);
  }

  private int awaitEnd() {
    try {
      end.await();
      return 1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
