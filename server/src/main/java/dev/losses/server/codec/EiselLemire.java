package dev.losses.server.codec;

import java.math.BigInteger;

/**
 * Rounds digits times a power of ten to float64 with one or two multiplications of integers (Lemire, Number Parsing at a
 * Gigabyte per Second, 2021); that their 128 bits always suffice is proven (Mushtak and Lemire, Fast Number Parsing
 * Without Fallback, 2023). It is for the 17 to 19 digits that numpy and pandas write, with which the JDK takes its time.
 */
final class EiselLemire {
  /** Wide enough for common numbers, and so narrow that none of them is subnormal or infinite. */
  static final int MIN_SCALE = -60;

  static final int MAX_SCALE = 40;

  /** The first and second 64 bits of the powers of five: of the negative ones rounded up, of others down. */
  private static final long[] HIGH = new long[MAX_SCALE - MIN_SCALE + 1];

  private static final long[] LOW = new long[HIGH.length];

  static {
    for (int scale = MIN_SCALE; scale <= MAX_SCALE; scale++) {
      BigInteger bits = bitsOfPowerOfFive(scale);
      HIGH[scale - MIN_SCALE] = bits.shiftRight(64).longValue();
      LOW[scale - MIN_SCALE] = bits.longValue();
    }
  }

  private EiselLemire() {}

  /**
   * The float64 nearest to digits times 10<sup>scale</sup>.
   *
   * @param digits unsigned, and not zero
   * @param scale from {@link #MIN_SCALE} to {@link #MAX_SCALE}
   */
  static double toDouble(long digits, int scale) {
    int zeros = Long.numberOfLeadingZeros(digits);
    long normal = digits << zeros;
    long power = HIGH[scale - MIN_SCALE];
    long upper = unsignedMultiplyHigh(normal, power);
    long lower = normal * power;
    if ((upper & 0x1FF) == 0x1FF) {
      // What the other bits of the power add could carry into the bits that are kept.
      long carry = unsignedMultiplyHigh(normal, LOW[scale - MIN_SCALE]);
      lower += carry;
      upper += Long.compareUnsigned(lower, carry) < 0 ? 1 : 0;
    }
    int top = (int) (upper >>> 63);
    long mantissa = upper >>> (top + 9);
    boolean mayBeHalfway = Long.compareUnsigned(lower, 1) <= 0 && scale >= -4 && scale <= 23;
    if (mayBeHalfway && (mantissa & 3) == 1 && mantissa << (top + 9) == upper) {
      // Exactly halfway, and so to be rounded down, to the even neighbour.
      mantissa--;
    }
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    // The powers of two in 10^scale, for which 217706 / 65536 is close enough to the logarithm of
    // ten.
    long exponent = ((217706L * scale) >> 16) + 63 + 1023 + top - zeros;
    // The mantissa's first bit is not written but adds one to the exponent, as does a mantissa
    // rounded up to 2^53.
    return Double.longBitsToDouble(((exponent - 1) << 52) + mantissa);
  }

  private static BigInteger bitsOfPowerOfFive(int scale) {
    BigInteger power = BigInteger.valueOf(5).pow(Math.abs(scale));
    if (scale >= 0) {
      return first128Bits(power.shiftLeft(128));
    }
    int length = power.subtract(BigInteger.ONE).bitLength();
    int shift = scale >= -27 ? length + 127 : 2 * length + 128;
    return first128Bits(BigInteger.ONE.shiftLeft(shift).divide(power).add(BigInteger.ONE));
  }

  private static BigInteger first128Bits(BigInteger number) {
    return number.shiftRight(number.bitLength() - 128);
  }

  /** Math has it since Java 18. */
  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}
