package dev.losses.server.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.server.problem.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** A place is for those who send. */
class TransfersTest {
  private static final int MOST_SLOW = 3;

  private final Semaphore slow = new Semaphore(MOST_SLOW);
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> readers = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    end.countDown();
    for (Thread each : readers) {
      each.join();
    }
  }

  @Test
  void thePlaceOfAnyoneWhoIsMostlyWaitedForIsTaken() throws IOException {
    Transfers transfers = new Transfers(1, 1, Duration.ofSeconds(1), slow);
    Transfers.Transfer silent = transfers.begin(silent());
    Transfers.Transfer busy = transfers.begin(busy());
    silent.close();
    busy.close();
    // There is one place again, not two.
    Transfers.Transfer next = transfers.begin(busy());
    assertThrows(ProblemException.class, () -> transfers.begin(busy()));
    next.close();
    assertEquals(MOST_SLOW, slow.availablePermits());
  }

  @Test
  void aPlaceIsTakenForThoseWhoMayNotWait() throws IOException {
    Transfers transfers = new Transfers(1, 0, Duration.ZERO, slow);
    try (Transfers.Transfer silent = transfers.begin(silent())) {
      assertNotNull(silent);
      await().until(() -> begins(transfers));
    }
  }

  private static boolean begins(Transfers transfers) throws IOException {
    try {
      begin(transfers, busy());
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  @Test
  void whoIsNotWaitedForKeepsItsPlace() throws IOException {
    Transfers transfers = new Transfers(1, 1, Duration.ofSeconds(1), slow);
    Transfers.Transfer first = transfers.begin(busy());
    ProblemException refusal = assertThrows(ProblemException.class, () -> transfers.begin(busy()));
    assertEquals(503, refusal.problem().status());
    first.close();
    begin(transfers, busy());
  }

  @Test
  void onlySoManyGoOnWithoutAPlace() throws IOException {
    Transfers transfers = new Transfers(1, 1, Duration.ofSeconds(1), slow);
    List<Transfers.Transfer> silent = new ArrayList<>();
    for (int i = 0; i <= MOST_SLOW; i++) {
      silent.add(transfers.begin(silent()));
    }
    assertThrows(ProblemException.class, () -> transfers.begin(busy()));
    silent.get(0).close();
    begin(transfers, busy());
  }

  private static void begin(Transfers transfers, SenderStream sender) {
    transfers.begin(sender).close();
  }

  private static SenderStream busy() throws IOException {
    return new SenderStream(new MockHttpServletRequest(), 1, Duration.ofMinutes(1));
  }

  /** Its reader waits already. */
  private SenderStream silent() throws IOException {
    CountDownLatch waited = new CountDownLatch(1);
    ServletInputStream silence = new ServletInputStream() {
      @Override
      public int read() {
        return -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        waited.countDown();
        try {
          end.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return -1;
      }

      @Override
      public boolean isFinished() {
        return false;
      }

      @Override
      public boolean isReady() {
        return false;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException();
      }
    };
    SenderStream sender = new SenderStream(
        new MockHttpServletRequest() {
          @Override
          public ServletInputStream getInputStream() {
            return silence;
          }
        },
        1,
        Duration.ofMinutes(1));
    Thread reader = new Thread(sender::read);
    readers.add(reader);
    reader.start();
    try {
      waited.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return sender;
  }
}
