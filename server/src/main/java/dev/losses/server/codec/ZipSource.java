package dev.losses.server.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The bytes of a zip: little-endian numbers, names and perhaps compressed data, one after the other. */
final class ZipSource {
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private String part = "its first bytes";

  ZipSource(InputStream in) {
    this.in = in;
  }

  /** Names what is read next, for when the stream ends in the middle of it. */
  void begin(String part) {
    this.part = part;
  }

  boolean atEnd() throws IOException {
    return position == limit && !fill();
  }

  int u16() throws IOException {
    int low = u8();
    return low | u8() << 8;
  }

  long u32() throws IOException {
    long low = u16();
    return low | (long) u16() << 16;
  }

  long u64() throws IOException {
    long low = u32();
    return low | u32() << 32;
  }

  byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      int read = read(bytes, done, count - done);
      if (read < 0) {
        throw ended();
      }
      done += read;
    }
    return bytes;
  }

  void skip(long count) throws IOException {
    for (long left = count; left > 0; ) {
      requireMore();
      int step = (int) Math.min(left, limit - position);
      position += step;
      left -= step;
    }
  }

  /** As of an {@link InputStream}. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == limit && length >= buffer.length) {
      return in.read(bytes, offset, length);
    }
    if (atEnd()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, bytes, offset, count);
    position += count;
    return count;
  }

  /** As read, but decompressing; -1 where the compressed data end. */
  int inflate(Inflater inflater, byte[] bytes, int offset, int length)
      throws IOException, DataFormatException {
    while (true) {
      int count = inflater.inflate(bytes, offset, length);
      if (count > 0) {
        return count;
      }
      if (inflater.finished()) {
        position = limit - inflater.getRemaining();
        return -1;
      }
      if (!inflater.needsInput()) {
        throw new DataFormatException();
      }
      requireMore();
      inflater.setInput(buffer, position, limit - position);
      position = limit;
    }
  }

  FormatException ended() {
    return new FormatException("The zip ends in the middle of " + part);
  }

  private int u8() throws IOException {
    requireMore();
    return Byte.toUnsignedInt(buffer[position++]);
  }

  private void requireMore() throws IOException {
    if (atEnd()) {
      throw ended();
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }
}
