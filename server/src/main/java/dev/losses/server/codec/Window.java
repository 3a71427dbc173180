package dev.losses.server.codec;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a stream that have come and are not yet done with: a buffer that moves along it. */
final class Window {
  static final int SIZE = 64 * 1024;

  private final InputStream in;
  private final byte[] bytes = new byte[SIZE];
  private int position;
  private int limit;

  /** At the beginning of the stream, which the given bytes come before. */
  Window(byte[] before, InputStream in) {
    this.in = in;
    System.arraycopy(before, 0, bytes, 0, before.length);
    this.limit = before.length;
  }

  /** How many bytes there are. */
  int available() {
    return limit - position;
  }

  /** One of them, counted from the first. */
  byte get(int index) {
    return bytes[position + index];
  }

  void copy(byte[] target, int offset, int length) {
    System.arraycopy(bytes, position, target, offset, length);
  }

  /** Is done with the first of them. */
  void skip(int count) {
    position += count;
  }

  /**
   * Gives out all of them and what comes next, as far as there is room.
   *
   * @param length more than there are
   * @return how many were given out, or -1 if nothing came next as the stream has ended
   */
  int drain(byte[] target, int offset, int length) throws IOException {
    int held = available();
    copy(target, offset, held);
    skip(held);
    int read = in.read(target, offset + held, length - held);
    return read < 0 ? read : held + read;
  }

  /** Takes back what was given out last, half a window at most. */
  void restore(byte[] source, int offset, int length) {
    System.arraycopy(source, offset, bytes, 0, length);
    position = 0;
    limit = length;
  }

  /** Where the pattern is first found among them, at the index given or later, or -1. */
  int find(BytePattern pattern, int from) {
    int found = pattern.find(bytes, position + from, limit);
    return found < 0 ? found : found - position;
  }

  /** Whether the first of them are the pattern; false, too, if not as many are left in the stream. */
  boolean startsWith(BytePattern pattern) throws IOException {
    return hold(pattern.length())
        && pattern.find(bytes, position, position + pattern.length()) >= 0;
  }

  /**
   * Reads until there are so many, half a window at most.
   *
   * @return false if the stream ends before
   */
  boolean hold(int count) throws IOException {
    while (available() < count) {
      if (!more()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads what comes next, for a window that is at most half full.
   *
   * @return false if the stream has ended
   */
  boolean more() throws IOException {
    if (limit > SIZE / 2) {
      System.arraycopy(bytes, position, bytes, 0, available());
      limit -= position;
      position = 0;
    }
    int read = in.read(bytes, limit, SIZE - limit);
    limit += Math.max(0, read);
    return read >= 0;
  }
}
