package dev.losses.server.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import tools.jackson.core.io.NumberInput;

/** Parses decimal literals from bytes, each to the float64 nearest to it. */
final class DecimalParser {
  /** As far as they are exact in float64, so that one multiplication or division by them rounds but once. */
  private static final double[] POWERS_OF_TEN = new double[23];

  static {
    for (int i = 0; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = Double.parseDouble("1e" + i);
    }
  }

  /** Every integer up to it is exact in float64. */
  private static final long EXACT = 1L << 53;
  /** Below it, a long has room for one more digit. */
  private static final long ROOM = 100_000_000_000_000_000L;

  private static final int NO_EXPONENT = Integer.MIN_VALUE;
  /** Larger than what makes any literal of the length allowed zero or infinite. */
  private static final int LARGE_EXPONENT = 10_000;

  private double value;

  /**
   * Parses a literal, which may also be nan, inf or infinity, in any case and with a sign.
   *
   * @return false if the bytes are none
   */
  boolean parse(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    int start = negative || (from < to && bytes[from] == '+') ? from + 1 : from;
    long digits = 0;
    boolean all = true;
    int point = -1;
    int at = start;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        all &= digits < ROOM;
        digits = digits * 10 + digit;
      } else if (digit == '.' - '0' && point < 0) {
        point = at;
      } else {
        break;
      }
    }
    if (at == start || (at == start + 1 && point == start)) {
      return parseWord(bytes, start, to, negative);
    }
    int exponent = at == to ? 0 : exponent(bytes, at, to);
    if (exponent == NO_EXPONENT) {
      return false;
    }
    int scale = exponent - (point < 0 ? 0 : at - point - 1);
    if (all && digits <= EXACT && Math.abs(scale) < POWERS_OF_TEN.length) {
      double magnitude = scale < 0 ? digits / POWERS_OF_TEN[-scale] : digits * POWERS_OF_TEN[scale];
      value = negative ? -magnitude : magnitude;
    } else {
      // The JDK's takes three times as long.
      value = NumberInput.parseDouble(new String(bytes, from, to - from, ISO_8859_1), true);
    }
    return true;
  }

  /** What was parsed; infinite, too, for a literal beyond the range of float64. */
  double value() {
    return value;
  }

  private static int exponent(byte[] bytes, int e, int to) {
    int sign = e + 1;
    boolean negative = sign < to && bytes[sign] == '-';
    int at = negative || (sign < to && bytes[sign] == '+') ? sign + 1 : sign;
    if (at == to || (bytes[e] != 'e' && bytes[e] != 'E')) {
      return NO_EXPONENT;
    }
    int exponent = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return NO_EXPONENT;
      }
      exponent = Math.min(LARGE_EXPONENT, exponent * 10 + digit);
    }
    return negative ? -exponent : exponent;
  }

  private boolean parseWord(byte[] bytes, int from, int to, boolean negative) {
    switch (new String(bytes, from, to - from, ISO_8859_1).toLowerCase(Locale.ROOT)) {
      case "nan" -> value = Double.NaN;
      case "inf", "infinity" ->
        value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      default -> {
        return false;
      }
    }
    return true;
  }
}
