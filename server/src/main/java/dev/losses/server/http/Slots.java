package dev.losses.server.http;

import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * So much of one kind of work at a time, and a queue that ends: whoever finds it full, or waits in it for too long, is sent
 * away at once, so that those who are let in are served as fast as ever. Thread-safe.
 */
public final class Slots {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  private final Semaphore free;
  private final int mostWaiting;
  private final Duration patience;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * Slots that are all free.
   *
   * @param number how much may be under way at once
   * @param mostWaiting how many may wait
   * @param patience how long each waits at most
   */
  public Slots(int number, int mostWaiting, Duration patience) {
    // Not fair: a fair one waits for a parked thread to wake, behind all that are sent away, and
    // at four times its capacity the server answered half as many.
    this.free = new Semaphore(number);
    this.mostWaiting = mostWaiting;
    this.patience = patience;
  }

  /**
   * Takes a slot, which is to be closed.
   *
   * @throws ProblemException when the server has too much to do
   */
  public Slot take() {
    return take(patience, () -> {});
  }

  /**
   * Takes a slot, which is to be closed.
   *
   * @param toFreeOne is called again and again for as long as there is none
   * @throws ProblemException when the server has too much to do
   */
  Slot take(Runnable toFreeOne) {
    return take(BETWEEN_TRIES, toFreeOne);
  }

  private Slot take(Duration betweenTries, Runnable toFreeOne) {
    if (!free.tryAcquire()) {
      await(betweenTries, toFreeOne);
    }
    return new Slot(free);
  }

  /**
   * Does work that takes a slot.
   *
   * @throws ProblemException when the server has too much to do
   */
  public <T, E extends Exception> T in(Work<T, E> work) throws E {
    Slot slot = take();
    try {
      return work.run();
    } finally {
      slot.close();
    }
  }

  /** Work with an answer. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Whether whoever comes now finds no place to wait. */
  public boolean isQueueFull() {
    int waitingNow = waiting.get();
    return waitingNow > 0 && waitingNow >= mostWaiting;
  }

  /**
   * Takes a slot, which is to be closed, for work that goes on: whoever was let in is not sent away half done, and waits
   * for as long as it takes.
   */
  public Slot takeAgain() {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    return new Slot(free);
  }

  private void await(Duration betweenTries, Runnable toFreeOne) {
    toFreeOne.run();
    if (free.tryAcquire()) {
      return;
    }
    try {
      if (waiting.incrementAndGet() > mostWaiting || !acquire(betweenTries, toFreeOne)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private boolean acquire(Duration betweenTries, Runnable toFreeOne) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (free.tryAcquire(Math.min(left, betweenTries.toNanos()), TimeUnit.NANOSECONDS)) {
        return true;
      }
      toFreeOne.run();
    }
    return false;
  }

  /** That the server has too much to do. */
  public static ProblemException busy() {
    return new ProblemException(Problem.of(
        ProblemType.SERVER_BUSY, "The server has as much to do as it can; try again in a moment."));
  }

  /** A taken slot. */
  public static final class Slot implements AutoCloseable {
    private final Semaphore free;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Slot(Semaphore free) {
      this.free = free;
    }

    /** Gives it back; may be called again. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        free.release();
      }
    }
  }
}
