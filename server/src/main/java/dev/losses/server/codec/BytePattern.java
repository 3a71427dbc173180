package dev.losses.server.codec;

import java.util.Arrays;

/** Looks for a few bytes among many, with Horspool's skips: most of the many are never looked at. */
final class BytePattern {
  private final byte[] pattern;
  private final int last;
  /** How far the pattern may move on when such a byte is found under its last one; 0 if it is that one. */
  private final byte[] skips = new byte[256];

  private final int skipOfLast;

  /** Of 1 to 127 bytes. */
  BytePattern(byte[] pattern) {
    this.pattern = pattern;
    this.last = pattern.length - 1;
    Arrays.fill(skips, (byte) pattern.length);
    for (int i = 0; i < last; i++) {
      skips[pattern[i] & 0xFF] = (byte) (last - i);
    }
    this.skipOfLast = skips[pattern[last] & 0xFF];
    skips[pattern[last] & 0xFF] = 0;
  }

  int length() {
    return pattern.length;
  }

  /** Where the bytes are first found in the given range, or -1. */
  int find(byte[] bytes, int from, int to) {
    int at = from + last;
    while (at < to) {
      int skip = skips[bytes[at] & 0xFF];
      if (skip == pattern.length) {
        at = passOver(bytes, at + skip, to);
        continue;
      }
      if (skip == 0) {
        if (matches(bytes, at - last)) {
          return at - last;
        }
        skip = skipOfLast;
      }
      at += skip;
    }
    return -1;
  }

  /**
   * Moves on while the pattern may, by all its length, four times: the most frequent by far, and as the four do not wait
   * for each other's skips, twice as fast.
   */
  private int passOver(byte[] bytes, int from, int to) {
    int length = pattern.length;
    int at = from;
    while (at < to - 3 * length
        && skips[bytes[at] & 0xFF]
                + skips[bytes[at + length] & 0xFF]
                + skips[bytes[at + 2 * length] & 0xFF]
                + skips[bytes[at + 3 * length] & 0xFF]
            == 4 * length) {
      at += 4 * length;
    }
    return at;
  }

  /**
   * Compares from the first byte on. Of a delimiter that one is a CR, which nothing else in it is, so however the
   * bytes were chosen, no two comparisons look at the same ones.
   */
  private boolean matches(byte[] bytes, int start) {
    return bytes[start] == pattern[0]
        && Arrays.equals(bytes, start, start + pattern.length, pattern, 0, pattern.length);
  }
}
