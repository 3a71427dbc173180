package dev.losses.server.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.server.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void whoeverFindsTheQueueFullIsSentAwayAtOnce() {
    Slots slots = new Slots(1, 0, LONG);
    try (Slots.Slot taken = slots.take()) {
      assertNotNull(taken);
      assertEquals(
          503, assertThrows(ProblemException.class, slots::take).problem().status());
    }
    slots.take().close();
  }

  @Test
  void whoeverWaitsForTooLongIsSentAway() {
    Slots slots = new Slots(1, 1, Duration.ofMillis(1));
    try (Slots.Slot taken = slots.take()) {
      assertNotNull(taken);
      assertThrows(ProblemException.class, slots::take);
      assertThrows(ProblemException.class, slots::take, "the first has left the queue");
    }
  }

  @Test
  void whoeverWaitsIsServedWhenASlotIsFree() throws Exception {
    Slots slots = new Slots(1, 1, LONG);
    Slots.Slot taken = slots.take();
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(() -> slots.take().close());
    taken.close();
    waiting.get(1, TimeUnit.MINUTES);
  }

  @Test
  void theQueueIsFullWhenAsManyWaitAsMay() throws Exception {
    Slots slots = new Slots(1, 1, LONG);
    assertFalse(slots.isQueueFull());
    Slots.Slot taken = slots.take();
    assertFalse(slots.isQueueFull());
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(() -> slots.take().close());
    await().until(slots::isQueueFull);
    taken.close();
    waiting.get(1, TimeUnit.MINUTES);
    assertFalse(slots.isQueueFull());
  }

  @Test
  void aSlotIsGivenBackOnce() {
    Slots slots = new Slots(1, 0, LONG);
    Slots.Slot taken = slots.take();
    taken.close();
    taken.close();
    try (Slots.Slot again = slots.take()) {
      assertNotNull(again);
      assertThrows(ProblemException.class, slots::take);
    }
  }
}
