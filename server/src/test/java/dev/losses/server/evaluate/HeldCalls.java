package dev.losses.server.evaluate;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import java.util.concurrent.CountDownLatch;

/** Long calls that go on until they are let go. */
record HeldCalls(LongCalls calls, CountDownLatch end) {
  static final LossDefinition INFO_NCE = LossCatalog.load().definition("info_nce");

  HeldCalls(LongCalls calls) {
    this(calls, new CountDownLatch(1));
  }

  /** Begins one, and returns its caller. */
  Thread begin() {
    Thread caller = new Thread(() -> calls.run(INFO_NCE, this::await));
    caller.start();
    return caller;
  }

  private int await() {
    try {
      end.await();
      return 1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void letGo() {
    end.countDown();
  }
}
