package dev.losses.server.plugins.gate;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs two checks at the same time, over and over: what two threads do to each other shows sometimes only. */
final class TwoAtOnce {
  private static final int ROUNDS = 200;

  private TwoAtOnce() {}

  /** Something that holds or not. */
  @FunctionalInterface
  interface Check {
    boolean holds();
  }

  /** Whether both held every time. A failure counts as not holding. */
  static boolean agree(Check here, Check there) throws Stage.Refusal {
    AtomicBoolean right = new AtomicBoolean(true);
    Phaser start = new Phaser(2);
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Thread other = DaemonThreads.start(Thread.currentThread().getName() + "-2", () -> {
      Thread.currentThread().setContextClassLoader(loader);
      repeat(there, start, right);
    });
    repeat(here, start, right);
    try {
      other.join();
    } catch (InterruptedException e) {
      other.interrupt();
      Thread.currentThread().interrupt();
      throw new Stage.Refusal("It was given up");
    }
    return right.get();
  }

  private static void repeat(Check check, Phaser start, AtomicBoolean right) {
    try {
      for (int round = 0; round < ROUNDS && right.get(); round++) {
        start.awaitAdvanceInterruptibly(start.arrive());
        if (!check.holds()) {
          right.set(false);
        }
      }
    } catch (InterruptedException e) {
      right.set(false);
      Thread.currentThread().interrupt(); // Whoever waits for the other must give up, too.
    } catch (RuntimeException | Error e) {
      right.set(false);
    } finally {
      start.arriveAndDeregister(); // The other goes on without it.
    }
  }
}
