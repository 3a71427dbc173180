package dev.losses.server.http;

import dev.losses.server.problem.ProblemException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bodies that come in: only so many at once, so that those let in are read as fast as ever. A slow sender costs a thread
 * and memory, but hardly any time, so where others wait for a place it is taken from those that are mostly waited for, who
 * go on without one, as long as they are not too many. Thread-safe.
 */
final class Transfers {
  private static final long PROBATION = TimeUnit.MILLISECONDS.toNanos(100);
  private static final double SHARE_WAITED_FOR = 0.8;

  private final Slots slots;
  private final Set<Transfer> withPlace = ConcurrentHashMap.newKeySet();
  private final Semaphore slow;

  /**
   * Nothing comes in yet.
   *
   * @param number how many have a place at once
   * @param mostWaiting how many may wait for one
   * @param patience how long each waits at most
   * @param slow a permit for each that may go on without a place
   */
  Transfers(int number, int mostWaiting, Duration patience, Semaphore slow) {
    this.slots = new Slots(number, mostWaiting, patience);
    this.slow = slow;
  }

  /**
   * Lets the body of a sender come in.
   *
   * @throws ProblemException when too many do
   */
  Transfer begin(SenderStream sender) {
    Transfer transfer = new Transfer(sender, slots.take(this::takePlacesFromSlowOnes));
    withPlace.add(transfer);
    return transfer;
  }

  private void takePlacesFromSlowOnes() {
    for (Transfer each : withPlace) {
      if (each.isSlow() && slow.tryAcquire()) {
        each.goOnWithoutPlace();
      }
    }
  }

  /** A body that comes in. */
  final class Transfer implements AutoCloseable {
    private final SenderStream sender;
    private final Slots.Slot place;
    private long lastSeen = System.nanoTime();
    private long waitedThen;
    private boolean hasNoPlace;
    private boolean ended;

    private Transfer(SenderStream sender, Slots.Slot place) {
      this.sender = sender;
      this.place = place;
    }

    /** Whether it was mostly waited for since it was last asked, which is some time ago. */
    private synchronized boolean isSlow() {
      long time = System.nanoTime() - lastSeen;
      if (time < PROBATION) {
        return false;
      }
      long waited = sender.waited() - waitedThen;
      lastSeen += time;
      waitedThen += waited;
      return waited > SHARE_WAITED_FOR * time;
    }

    private synchronized void goOnWithoutPlace() {
      if (ended || hasNoPlace) {
        slow.release();
        return;
      }
      hasNoPlace = true;
      withPlace.remove(this);
      place.close();
    }

    /** To be called when all of it is read, or nobody will; may be called again. */
    @Override
    public synchronized void close() {
      if (ended) {
        return;
      }
      ended = true;
      withPlace.remove(this);
      place.close();
      if (hasNoPlace) {
        slow.release();
      }
    }
  }
}
