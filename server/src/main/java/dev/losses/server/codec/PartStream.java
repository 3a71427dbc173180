package dev.losses.server.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What comes before the next delimiter. */
final class PartStream extends InputStream {
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
