package dev.losses.server.http;

import dev.losses.server.codec.Allowance;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, and what the server keeps for it until it is answered. Its stream throws no IOException: what goes
 * wrong there ends the request with a problem. To be read by one thread, once.
 */
public final class RequestBody implements AutoCloseable {
  private final byte @Nullable [] whole;
  private final InputStream stream;
  private final @Nullable LimitedInputStream limit;
  private final long mostUnpacked;
  private final MemoryBudget.Share memory;
  private final Transfers.@Nullable Transfer transfer;

  private RequestBody(
      byte @Nullable [] whole,
      InputStream stream,
      @Nullable LimitedInputStream limit,
      long mostUnpacked,
      MemoryBudget.Share memory,
      Transfers.@Nullable Transfer transfer) {
    this.whole = whole;
    this.stream = stream;
    this.limit = limit;
    this.mostUnpacked = mostUnpacked;
    this.memory = memory;
    this.transfer = transfer;
  }

  static RequestBody whole(byte[] bytes, long mostUnpacked, MemoryBudget.Share memory) {
    InputStream stream = new ByteArrayInputStream(bytes);
    return new RequestBody(bytes, stream, null, mostUnpacked, memory, null);
  }

  static RequestBody coming(
      LimitedInputStream stream,
      long mostUnpacked,
      MemoryBudget.Share memory,
      Transfers.Transfer transfer) {
    return new RequestBody(null, stream, stream, mostUnpacked, memory, transfer);
  }

  /** All of it, where it is small; it then waits for nobody. */
  public byte @Nullable [] whole() {
    return whole;
  }

  /** Its bytes, as they come. */
  public InputStream stream() {
    return stream;
  }

  /** No more bytes than these can still come. */
  public long mostLeft() {
    return limit == null ? ((ByteArrayInputStream) stream).available() : limit.left();
  }

  /** What is packed in it may not become larger than so many bytes. */
  public long mostUnpacked() {
    return mostUnpacked;
  }

  /** The memory that arrays read from it may take. */
  public Allowance allowance() {
    return memory;
  }

  /** Says that whoever computed keeps no array that was read from it: once the request is answered, they may serve others. */
  public void releaseArrays() {
    memory.release();
  }

  /** To be called when all of it is read: another may come in. */
  public void received() {
    if (transfer != null) {
      transfer.close();
    }
  }

  /** To be called when the request is answered. */
  @Override
  public void close() {
    memory.close();
    if (limit != null) {
      limit.end();
    }
    if (transfer != null) {
      transfer.close();
    }
  }
}
