package dev.losses.engine.internal.kernel;

import java.util.Arrays;

/**
 * The one order of summation. Every kernel adds in this order, so all give the same bits.
 *
 * <p>Values are added block by block. Within a block, value {@code i} is added to lane {@code i mod LANES} in the
 * dtype; then the lanes are added pairwise, halves onto halves, in float64; then the blocks one after the other, in
 * float64; every so many blocks are a sum of their own, added to the others with what rounding takes kept. A row of at most {@link RowLength#LONGEST_SHORT} elements is added from left to right in the dtype, so that
 * rows can be computed side by side.
 */
public final class Sums {
  /** Lanes fill 128 bytes: two to eight vector registers. */
  public static final int FLOAT_LANES = 32;

  public static final int DOUBLE_LANES = 16;

  private final boolean float32;
  private final double[] lanes;

  Sums(boolean float32) {
    this.float32 = float32;
    this.lanes = new double[float32 ? FLOAT_LANES : DOUBLE_LANES];
  }

  /** The sum of at most a block of values. */
  double block(double[] values, int from, int length) {
    Arrays.fill(lanes, 0);
    for (int start = 0; start < length; start += lanes.length) {
      int end = Math.min(lanes.length, length - start);
      for (int lane = 0; lane < end; lane++) {
        lanes[lane] = rounded(lanes[lane] + values[from + start + lane]);
      }
    }
    for (int half = lanes.length / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  /** The sum of a group of lanes that were added up elsewhere. */
  public static double ofLanes(float[] lanes, int from) {
    return sixteen(lanes, from) + sixteen(lanes, from + 1);
  }

  // Written out, since loops so short cost several times what they compute.

  private static double sixteen(float[] lanes, int i) {
    return eight(lanes, i) + eight(lanes, i + 2);
  }

  private static double eight(float[] lanes, int i) {
    return four(lanes, i) + four(lanes, i + 4);
  }

  private static double four(float[] lanes, int i) {
    return ((double) lanes[i] + lanes[i + 16]) + ((double) lanes[i + 8] + lanes[i + 24]);
  }

  /** The sum of a group of lanes that were added up elsewhere. */
  public static double ofLanes(double[] lanes, int from) {
    return eight(lanes, from) + eight(lanes, from + 1);
  }

  private static double eight(double[] lanes, int i) {
    return four(lanes, i) + four(lanes, i + 2);
  }

  private static double four(double[] lanes, int i) {
    return (lanes[i] + lanes[i + 8]) + (lanes[i + 4] + lanes[i + 12]);
  }

  /** The sum of a short row. */
  double shortRow(double[] values, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum = rounded(sum + values[i]);
    }
    return sum;
  }

  private double rounded(double value) {
    return float32 ? (float) value : value;
  }
}
