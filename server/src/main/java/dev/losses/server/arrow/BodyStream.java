package dev.losses.server.arrow;

import dev.losses.server.codec.FormatException;
import java.io.IOException;
import java.io.InputStream;

/** The body of one message after the other: buffers, and whatever lies between them. */
final class BodyStream {
  private static final int SCRATCH = 1 << 13;

  private final InputStream in;
  private final byte[] scratch = new byte[SCRATCH];
  private long length;
  private long position;

  BodyStream(InputStream in) {
    this.in = in;
  }

  /** The stream is at the beginning of a body of that length. */
  void begin(long bodyLength) {
    length = bodyLength;
    position = 0;
  }

  /** Goes on to a place in the body. */
  void skipTo(long target) throws IOException {
    if (target < position) {
      throw new FormatException(
          "the buffers of a record batch overlap, or do not follow one another in the order of the columns");
    }
    while (position < target) {
      read(scratch, 0, (int) Math.min(SCRATCH, target - position));
    }
  }

  /** Goes on to the end of the body. */
  void finish() throws IOException {
    skipTo(length);
  }

  /** Reads so many bytes. */
  void read(byte[] target, int offset, int count) throws IOException {
    int read = in.readNBytes(target, offset, count);
    position += read;
    if (read < count) {
      throw new FormatException(
          "the stream ends after " + position + " of the " + length + " bytes of a message's body");
    }
  }
}
