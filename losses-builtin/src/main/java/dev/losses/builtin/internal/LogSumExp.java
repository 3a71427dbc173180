package dev.losses.builtin.internal;

/**
 * {@code ln(sum(e ^ x))} of some numbers, which never overflows and keeps the digits of small differences. Numbers that
 * are -Infinity take no part.
 *
 * @param max the largest of them
 * @param sum of {@code e ^ (x - max)}
 * @param excess how much more than the largest it is
 */
public record LogSumExp(double max, double sum, double excess) {

  /** Of these numbers; -Infinity of none, NaN where one is NaN. */
  public static LogSumExp of(double... values) {
    double max = Double.NEGATIVE_INFINITY;
    int at = -1;
    for (int i = 0; i < values.length; i++) {
      // Written so that a NaN is taken and stays.
      if (!(values[i] <= max) && !Double.isNaN(max)) {
        max = values[i];
        at = i;
      }
    }
    double others = 0;
    for (int i = 0; i < values.length; i++) {
      if (i != at && values[i] != Double.NEGATIVE_INFINITY) {
        others += Math.exp(values[i] - max);
      }
    }
    return new LogSumExp(max, 1 + others, Math.log1p(others));
  }

  /** The number itself. */
  public double value() {
    return max + excess;
  }

  /** How much more than a number it is: the cross-entropy of that number's softmax. */
  public double minus(double x) {
    return max - x + excess;
  }

  /** The softmax of one of the numbers. */
  public double softmax(double x) {
    return x == Double.NEGATIVE_INFINITY ? 0 : Math.exp(x - max) / sum;
  }
}
