package dev.losses.server.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.http.HttpStatus;

/**
 * Reads away what is left of a body whose request is answered, so that a caller who writes it all before it reads sees the
 * answer and no reset. But only as long as it comes: Tomcat would wait for it, and a few hundred senders who fall silent
 * would hold every thread there is.
 */
final class LeftoverValve extends ValveBase {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
  private static final double NANOS_PER_BYTE = 1e9 / (256 << 10);

  /** Each takes a thread, and must leave some; the others' leftovers are read as far as they have come. */
  private static final int MOST_WAITED_FOR = 50;

  private final Semaphore waiters = new Semaphore(MOST_WAITED_FOR);
  private final long most;

  /** @param most how many bytes it reads away */
  LeftoverValve(long most) {
    super(true);
    this.most = most;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if (request.isFinished() || request.isAsync()) {
      return;
    }
    try {
      response.finishResponse();
      // Whoever was too slow already is not waited for again, nor whoever was not asked for a body.
      boolean notAsked = request.getCoyoteRequest().hasExpectation()
          && request.getCoyoteRequest().getBytesRead() == 0;
      if (response.getStatus() != HttpStatus.REQUEST_TIMEOUT.value() && !notAsked) {
        boolean mayWait = waiters.tryAcquire();
        try {
          readAway(request, mayWait);
        } finally {
          if (mayWait) {
            waiters.release();
          }
        }
      }
    } catch (IOException e) {
      container.getLogger().debug("The caller went away", e);
    }
    if (!request.isFinished()) {
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  private void readAway(Request request, boolean mayWait) throws IOException {
    Unread unread = new Unread();
    long start = System.nanoTime();
    long read = 0;
    while (read < most
        && !request.isFinished()
        && System.nanoTime() - start < PATIENCE + read * NANOS_PER_BYTE) {
      if (hasCome(request)) {
        read += Math.max(0, request.getCoyoteRequest().doRead(unread));
      } else if (mayWait) {
        LockSupport.parkNanos(PAUSE);
      } else {
        return;
      }
    }
  }

  /** Takes what nobody reads; the request's own stream may be closed. */
  private static final class Unread implements ApplicationBufferHandler {
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      bytes = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return bytes;
    }

    @Override
    public void expand(int size) {
      // There is nothing to keep.
    }
  }

  /** Whether something can be read without waiting for it. */
  private static boolean hasCome(Request request) {
    request.getCoyoteRequest().action(ActionCode.AVAILABLE, true);
    return request.getCoyoteRequest().getAvailable() > 0;
  }
}
