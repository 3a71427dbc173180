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
    if (!free.tryAcquire()) {
      await();
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

  private void await() {
    try {
      boolean taken = waiting.incrementAndGet() <= mostWaiting
          && free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (!taken) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } finally {
      waiting.decrementAndGet();
    }
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
