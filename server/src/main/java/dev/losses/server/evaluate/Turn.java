package dev.losses.server.evaluate;

import dev.losses.server.http.Slots;
import org.jspecify.annotations.Nullable;

/** A request's turn to compute: it may begin and end several times while the request goes on. For one thread at a time. */
final class Turn implements AutoCloseable {
  private final Slots slots;
  private Slots.@Nullable Slot slot;

  /** A turn that has not begun. */
  Turn(Slots slots) {
    this.slots = slots;
  }

  /**
   * Waits for the turn, unless it has begun.
   *
   * @throws dev.losses.server.problem.ProblemException when too many wait already, or it takes too long
   */
  void begin() {
    if (slot == null) {
      slot = slots.take();
    }
  }

  /** Whether it is this request's turn. */
  boolean hasBegun() {
    return slot != null;
  }

  /** Waits for another turn, for as long as it takes: a request that is half done is not sent away. */
  void beginAgain() {
    if (slot == null) {
      slot = slots.takeAgain();
    }
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
