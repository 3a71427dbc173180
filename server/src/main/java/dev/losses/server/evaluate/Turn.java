package dev.losses.server.evaluate;

import dev.losses.server.http.Slots;
import org.jspecify.annotations.Nullable;

/** A request's turn to compute: it may begin and end several times while the request goes on. For one thread at a time. */
final class Turn implements AutoCloseable {
  private final @Nullable Slots slots;
  private Slots.@Nullable Slot slot;
  private boolean isHalfDone;

  /**
   * A turn that has not begun.
   *
   * @param slots null where it is always this request's turn
   */
  Turn(@Nullable Slots slots) {
    this.slots = slots;
  }

  /**
   * Waits for the turn, unless it has begun. Who has had one before waits for another for as long as it takes: a request that
   * is half done is not sent away.
   *
   * @throws dev.losses.server.problem.ProblemException when too many wait already, or it takes too long
   */
  void begin() {
    if (slots != null && slot == null) {
      slot = isHalfDone ? slots.takeAgain() : slots.take();
      isHalfDone = true;
    }
  }

  /** Whether the request holds the turn of one core. */
  boolean hasBegun() {
    return slot != null;
  }

  /** Whether the request is so small that it is always its turn. */
  boolean isAlways() {
    return slots == null;
  }

  /** Lets others have their turn, while this request waits for something else. */
  void end() {
    if (slot != null) {
      slot.close();
      slot = null;
    }
  }

  @Override
  public void close() {
    end();
  }
}
