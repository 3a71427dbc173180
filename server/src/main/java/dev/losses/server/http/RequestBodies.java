package dev.losses.server.http;

import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Hands out the bodies of requests, none larger than allowed. A small one is taken in whole; of the others, whose senders
 * set the pace, only so many come in at once.
 */
@Component
public class RequestBodies {
  private static final int SMALL = 1 << 16;
  private static final int TRANSFERS_PER_CORE = 4;
  private static final int MOST_ARRIVALS = 100;
  private static final int MOST_SLOW = 50;

  private final HttpProperties properties;
  private final MemoryBudget memory;
  private final Transfers transfers;
  /** Small bodies that are waited for: each takes a thread, and must leave some. */
  private final Slots arrivals = new Slots(MOST_ARRIVALS, 0, Duration.ZERO);

  /** They may last for hours, which nobody else should wait for. */
  private final Transfers streams;

  RequestBodies(HttpProperties properties) {
    this.properties = properties;
    this.memory = new MemoryBudget(properties.arrayMemory());
    Semaphore slow = new Semaphore(MOST_SLOW);
    this.transfers = transfers(properties, slow);
    this.streams = transfers(properties, slow);
  }

  private static Transfers transfers(HttpProperties properties, Semaphore slow) {
    return new Transfers(
        TRANSFERS_PER_CORE * Runtime.getRuntime().availableProcessors(),
        properties.queue(),
        properties.maxWait(),
        slow);
  }

  /**
   * The body of a request, which is to be closed.
   *
   * @param packed whether what is in it may be larger than its length says
   * @throws ProblemException where the body announces that it is too large, or the server is busy; from the stream, when it
   *     turns out to be too large, comes too slowly or breaks off
   */
  public RequestBody open(HttpServletRequest request, boolean packed) throws IOException {
    return open(request, packed, properties.maxBodySize(), transfers);
  }

  /**
   * The body of a request that is computed as it comes and never held, so that it may be far larger.
   *
   * @throws ProblemException as for other bodies
   */
  public RequestBody openStream(HttpServletRequest request) throws IOException {
    return open(request, false, properties.maxStreamSize(), streams);
  }

  private RequestBody open(
      HttpServletRequest request, boolean packed, DataSize limit, Transfers transfers)
      throws IOException {
    long length = request.getContentLengthLong();
    if (length > limit.toBytes()) {
      throw tooLarge(limit);
    }
    String encoding = encoding(request);
    SenderStream sent =
        new SenderStream(request, properties.minRate().toBytes(), properties.grace());
    if (!packed && encoding == null && length >= 0 && length <= SMALL) {
      byte[] whole = whole(sent, (int) length);
      return RequestBody.whole(whole, limit.toBytes(), memory.share());
    }
    Transfers.Transfer transfer = transfers.begin(sent);
    try {
      InputStream plain = encoding == null
          ? sent
          : UnpackedStream.of(new LimitedInputStream(sent, limit), encoding);
      DataSize most = encoding == null && length >= 0 ? DataSize.ofBytes(length) : limit;
      return RequestBody.coming(
          new LimitedInputStream(plain, most), limit.toBytes(), memory.share(), transfer);
    } catch (RuntimeException | Error e) {
      transfer.close();
      throw e;
    }
  }

  /** What came with its head is waited for by nobody, however many others fall silent. */
  private byte[] whole(InputStream sent, int length) throws IOException {
    byte[] whole = new byte[length];
    int come = sent.available() > 0 ? sent.read(whole) : 0;
    if (come < length
        && arrivals.in(() -> sent.readNBytes(whole, come, length - come)) < length - come) {
      throw SenderStream.brokenOff();
    }
    return whole;
  }

  /** How the body is packed as a whole; null where it is not. */
  public static @Nullable String encoding(HttpServletRequest request) {
    String encoding = request.getHeader("Content-Encoding");
    return encoding == null || encoding.equalsIgnoreCase("identity") ? null : encoding;
  }

  static ProblemException tooLarge(DataSize limit) {
    String size = limit.toBytes() % DataSize.ofMegabytes(1).toBytes() == 0
        ? limit.toMegabytes() + " MB"
        : limit.toBytes() + " bytes";
    return new ProblemException(Problem.of(
        ProblemType.BODY_TOO_LARGE, "The body is larger than the " + size + " allowed."));
  }
}
