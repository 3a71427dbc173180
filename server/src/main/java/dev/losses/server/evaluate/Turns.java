package dev.losses.server.evaluate;

import dev.losses.server.http.HttpProperties;
import dev.losses.server.http.Slots;
import org.springframework.stereotype.Component;

/** Lets as many requests compute at once as there are cores. */
@Component
final class Turns {
  private final Slots slots;

  Turns(HttpProperties http) {
    this.slots =
        new Slots(Runtime.getRuntime().availableProcessors(), http.queue(), http.maxWait());
  }

  /** The turn of a request, which has not begun, and is to be closed. */
  Turn turn() {
    return new Turn(slots);
  }
}
