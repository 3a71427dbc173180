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
        // The most frequent by far: foreseen, so that nothing waits for the skip to be looked up.
        at += pattern.length;
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
   * Compares from the first byte on. Of a delimiter that one is a CR, which nothing else in it is, so however the
   * bytes were chosen, no two comparisons look at the same ones.
   */
  private boolean matches(byte[] bytes, int start) {
    return bytes[start] == pattern[0]
        && Arrays.equals(bytes, start, start + pattern.length, pattern, 0, pattern.length);
  }
}
