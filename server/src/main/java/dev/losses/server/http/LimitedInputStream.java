package dev.losses.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;

/** Refuses to give out more than so many bytes. */
final class LimitedInputStream extends FilterInputStream {
  private final DataSize limit;
  private long left;

  LimitedInputStream(InputStream in, DataSize limit) {
    super(in);
    this.limit = limit;
    this.left = limit.toBytes();
  }

  /** Lets go of what the stream needs for unpacking, if anything; the sender's stream is left open. */
  void end() {
    if (in instanceof UnpackedStream unpacked) {
      unpacked.end();
    }
  }

  /** How many more it gives out at most. */
  long left() {
    return left;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(read);
    return read;
  }

  private void count(int bytes) {
    left -= Math.max(0, bytes);
    if (left < 0) {
      throw RequestBodies.tooLarge(limit);
    }
  }
}
