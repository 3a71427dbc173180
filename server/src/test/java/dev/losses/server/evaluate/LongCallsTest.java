package dev.losses.server.evaluate;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.server.problem.ProblemException;
import java.time.Duration;
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

  @AfterEach
  void stop() throws InterruptedException {
    held.letGo();
    calls.destroy();
  }

  @Test
  void sixteenForEachCoreMayWaitForLongAndNobodyElse() throws InterruptedException {
    call(Duration.ofSeconds(1));
    assertEquals(16 * CORES, mayWait());
    held.letGo();
    assertFalse(calls.isQueueFull());
  }

  @Test
  void moreMayWaitIfTheyNeedNotForLong() {
    call(Duration.ofMillis(10));
    assertEquals(25 * CORES + 1, mayWait());
  }

  /** A call takes a quarter of it, so that whoever waits for three others has just enough time left. */
  @Test
  void nobodyMayWaitWhoseDeadlineWouldPass() {
    call(DEADLINE.dividedBy(4));
    assertEquals(3 * CORES + 1, mayWait());
  }

  @Test
  void oneCallThatTookLongIsForgottenAmongOthers() {
    call(DEADLINE);
    for (int i = 0; i < 200; i++) {
      call(Duration.ofMillis(10));
    }
    assertEquals(25 * CORES, mayWait(), 1);
  }

  @Test
  void oneCallThatTookLongIsForgottenAfterAPause() {
    call(DEADLINE);
    now.addAndGet(DEADLINE.toNanos() + 1);
    for (int i = 0; i < 5 * CORES; i++) {
      held.begin();
    }
    assertFalse(calls.isQueueFull());
  }

  @Test
  void aCallThatFailedEarlySaysNothingOfTheOthers() {
    call(Duration.ofMillis(10));
    fail(Duration.ofMillis(1));
    assertEquals(25 * CORES + 1, mayWait());
  }

  @Test
  void aCallThatFailedAfterLongDoes() {
    fail(DEADLINE.dividedBy(4));
    assertEquals(3 * CORES + 1, mayWait());
  }

  @Test
  void oneMayWaitWhateverTheOthersTook() throws InterruptedException {
    fail(DEADLINE.multipliedBy(2));
    assertFalse(calls.isQueueFull());
    assertEquals(1, mayWait());
  }

  @Test
  void whoWaitsWhenTheServerEndsIsSentAway() throws InterruptedException {
    for (int i = 0; i < CORES + 2; i++) {
      begin();
    }
    calls.destroy();
    List<ProblemException> refusals = held.join();
    assertEquals(2, refusals.size());
    assertEquals(503, refusals.get(0).problem().status());
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

  private void fail(Duration time) {
    assertThrows(
        ArithmeticException.class,
        () -> calls.run(HeldCalls.INFO_NCE, () -> {
          now.addAndGet(time.toNanos());
          throw new ArithmeticException();
        }));
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
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(caller::getState, Thread.State.TIMED_WAITING::equals);
  }
}
