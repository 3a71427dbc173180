package dev.losses.server.http;

import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import jakarta.servlet.ServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The bytes as their sender delivers them. Only the time for which the sender lets us wait counts against it. A sender that
 * is too slow or goes away ends the request with a problem, so that no reader of a format need know of it.
 */
final class SenderStream extends FilterInputStream {
  private final ServletRequest request;
  private final double nanosPerByte;
  private final long grace;
  private long received;
  private volatile long waited;
  /** Since when it lets us wait, in the time of {@link System#nanoTime()}; 0 where it does not. */
  private volatile long waitingSince;

  /**
   * A sender's stream.
   *
   * @param bytesPerSecond how fast it must be on average, once the grace is over
   */
  SenderStream(ServletRequest request, long bytesPerSecond, Duration grace) throws IOException {
    super(request.getInputStream());
    this.request = request;
    this.nanosPerByte = 1e9 / bytesPerSecond;
    this.grace = grace.toNanos();
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    long start = System.nanoTime();
    waitingSince = start;
    int read;
    try {
      read = receive(buffer, offset, length);
    } finally {
      waitingSince = 0;
    }
    long waitedNow = waited + System.nanoTime() - start;
    waited = waitedNow;
    received += Math.max(0, read);
    if (waitedNow > grace + received * nanosPerByte) {
      throw tooSlow();
    }
    return read;
  }

  /** For how long it has let us wait altogether, in nanoseconds. To be called by any thread. */
  long waited() {
    // In this order, so that what is being added is not counted twice.
    long before = waited;
    long since = waitingSince;
    return before + (since == 0 ? 0 : System.nanoTime() - since);
  }

  private int receive(byte[] buffer, int offset, int length) {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      ProblemException problem =
          e.getCause() instanceof SocketTimeoutException ? tooSlow() : brokenOff();
      // Tomcat knows of it, too, and will have its own word.
      Problem.note(request, problem.problem());
      throw problem;
    }
  }

  private static ProblemException tooSlow() {
    return new ProblemException(Problem.bodyTooSlow());
  }

  /** That the sender went away. */
  static ProblemException brokenOff() {
    return unreadable("The body ended before it was complete.");
  }

  static ProblemException unreadable(String detail) {
    return new ProblemException(Problem.of(ProblemType.UNREADABLE_BODY, detail));
  }
}
