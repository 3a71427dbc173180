package dev.losses.server.evaluate;

import dev.losses.server.http.HttpProperties;
import dev.losses.server.http.RequestBody;
import dev.losses.server.http.Slots;
import org.springframework.stereotype.Component;

/** Lets as many requests compute at once as there are cores. */
@Component
final class Turns {
  private static final int TINY = 1 << 12;

  private final Slots slots;

  Turns(HttpProperties http) {
    this.slots =
        new Slots(Runtime.getRuntime().availableProcessors(), http.queue(), http.maxWait());
  }

  /** The turn of a request with that body, which has not begun, and is to be closed. */
  Turn turn(RequestBody body) {
    byte[] whole = body.whole();
    return new Turn(whole != null && isTiny(whole.length) ? null : slots);
  }

  /** Whether a body of that length, -1 where it is unknown, takes less time than to wait for a turn. */
  static boolean isTiny(long length) {
    return length >= 0 && length <= TINY;
  }

  /** Whether whoever comes now is sent away. */
  boolean isQueueFull() {
    return slots.isQueueFull();
  }
}
