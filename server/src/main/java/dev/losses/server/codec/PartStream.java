package dev.losses.server.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What comes before the next delimiter. */
final class PartStream extends InputStream {
  /** Of which it is worth it to spare the way through the window. */
  private static final int MUCH = 4096;

  private final Window window;
  private final BytePattern delimiter;
  private final String cutOff;
  /** How many bytes of the window are known to come before the delimiter. */
  private int clear;

  private boolean delimiterFound;

  /**
   * From the window's first byte on.
   *
   * @param cutOff what to say when the delimiter never comes
   */
  PartStream(Window window, BytePattern delimiter, String cutOff) {
    this.window = window;
    this.delimiter = delimiter;
    this.cutOff = cutOff;
  }

  @Override
  public int read() throws IOException {
    if (!advance()) {
      return -1;
    }
    int value = window.get(0) & 0xFF;
    take(1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (length >= MUCH && isAtUnread()) {
      int count = readDirectly(target, offset, Math.min(length, Window.SIZE / 2));
      if (count > 0) {
        return count;
      }
    }
    if (!advance()) {
      return -1;
    }
    int count = Math.min(length, clear);
    window.copy(target, offset, count);
    take(count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long left = count;
    while (left > 0 && advance()) {
      int step = (int) Math.min(left, clear);
      take(step);
      left -= step;
    }
    return Math.max(0, count) - Math.max(0, left);
  }

  @Override
  public int available() {
    return clear;
  }

  /** Whether what follows is not in the window yet, but for bytes that a delimiter may begin with. */
  private boolean isAtUnread() {
    return clear == 0 && !delimiterFound && window.available() < delimiter.length();
  }

  /**
   * Only what a delimiter may begin with, and what comes after one, goes to the window. It stays in the target, too, behind
   * what is counted: InputStream asks to leave that alone, but no reader here looks at it, and a copy is spared.
   */
  private int readDirectly(byte[] target, int offset, int length) throws IOException {
    int came = window.drain(target, offset, length);
    if (came < 0) {
      throw new FormatException(cutOff);
    }
    int end = offset + came;
    int found = delimiter.find(target, offset, end);
    delimiterFound = found >= 0;
    int next = delimiterFound ? found : Math.max(offset, end - (delimiter.length() - 1));
    window.restore(target, next, end - next);
    return next - offset;
  }

  private void take(int count) {
    window.skip(count);
    clear -= count;
  }

  /** Sees to it that something is clear; false at the delimiter. */
  private boolean advance() throws IOException {
    while (clear == 0 && !delimiterFound) {
      int found = window.find(delimiter, 0);
      delimiterFound = found >= 0;
      // The delimiter may have begun in the last bytes of the window.
      clear = delimiterFound ? found : Math.max(0, window.available() - (delimiter.length() - 1));
      if (clear == 0 && !delimiterFound && !window.more()) {
        throw new FormatException(cutOff);
      }
    }
    return clear > 0;
  }
}
