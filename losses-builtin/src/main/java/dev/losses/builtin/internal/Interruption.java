package dev.losses.builtin.internal;

import java.util.concurrent.CancellationException;

/** For losses whose time grows faster than their inputs: whoever waits no longer interrupts them. */
public final class Interruption {
  private Interruption() {}

  /**
   * Ends the computation if its thread has been interrupted.
   *
   * @throws CancellationException when it has
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("It was interrupted");
    }
  }
}
