package dev.losses.server.evaluate;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.server.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that take long are let in as long as they need not wait for long. */
class LongCallsTest {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final AtomicLong now = new AtomicLong();
  private final LongCalls calls = new LongCalls(DEADLINE, 100 * CORES, now::get);
  private final HeldCalls held = new HeldCalls(calls);
  private final List<Thread> callers = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    endCalls();
    calls.destroy();
  }

  private void endCalls() throws InterruptedException {
    held.letGo();
    for (Thread each : callers) {
      each.join();
    }
  }

  @Test
  void sixteenForEachCoreMayWaitForLongAndNobodyElse() throws InterruptedException {
    call(Duration.ofSeconds(1));
    assertEquals(16 * CORES, mayWait());
    endCalls();
    assertFalse(calls.isQueueFull());
  }

  @Test
  void moreMayWaitIfTheyNeedNotForLong() {
    call(Duration.ofMillis(10));
    assertEquals(25 * CORES + 1, mayWait());
  }

  @Test
  void nobodyMayWaitUntilTheDeadlineHasPassed() {
    call(DEADLINE.dividedBy(4));
    assertEquals(4 * CORES + 1, mayWait());
  }

  @Test
  void oneCallThatTookLongIsForgotten() {
    call(DEADLINE);
    for (int i = 0; i < 100; i++) {
      call(Duration.ofMillis(10));
    }
    assertEquals(25 * CORES, mayWait(), 1);
  }

  @Test
  void whoCallsWhileTheQueueIsFullIsRefused() {
    calls.refuseIfFull();
    call(Duration.ofSeconds(1));
    mayWait();
    ProblemException refusal = assertThrows(ProblemException.class, calls::refuseIfFull);
    assertEquals(503, refusal.problem().status());
  }

  /** A call that takes that long by the clock. */
  private void call(Duration time) {
    calls.run(HeldCalls.INFO_NCE, () -> now.addAndGet(time.toNanos()));
  }

  /** How many wait, beside those that are computed, when nobody else may. */
  private int mayWait() {
    for (int i = 0; i < CORES; i++) {
      begin();
    }
    int waiting = 0;
    for (; !calls.isQueueFull(); waiting++) {
      begin();
    }
    return waiting;
  }

  /** Returns when a caller waits for the answer. */
  private void begin() {
    Thread caller = held.begin();
    callers.add(caller);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(caller::getState, Thread.State.TIMED_WAITING::equals);
  }
}
