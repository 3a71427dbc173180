package dev.losses.server.evaluate;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Long calls that go on until they are let go. */
final class HeldCalls {
  static final LossDefinition INFO_NCE = LossCatalog.load().definition("info_nce");

  private final LongCalls calls;
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> callers = new ArrayList<>();
  private final List<ProblemException> refusals = new ArrayList<>();

  HeldCalls(LongCalls calls) {
    this.calls = calls;
  }

  /** Begins one, and returns its caller. */
  Thread begin() {
    Thread caller = new Thread(this::call);
    callers.add(caller);
    caller.start();
    return caller;
  }

  private void call() {
    try {
      calls.run(INFO_NCE, this::await);
    } catch (ProblemException e) {
      synchronized (refusals) {
        refusals.add(e);
      }
    }
  }

  private int await() {
    try {
      end.await();
      return 1;
    } catch (InterruptedException e) {
      return 0;
    }
  }

  /** Lets all of them go. */
  void letGo() throws InterruptedException {
    end.countDown();
    join();
  }

  /** Waits until all of them have ended, and returns what was said to those that were refused. */
  List<ProblemException> join() throws InterruptedException {
    for (Thread each : callers) {
      each.join();
    }
    return refusals;
  }
}
