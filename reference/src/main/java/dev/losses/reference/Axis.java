package dev.losses.reference;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** A stretch of numbers laid on a stretch of the picture. */
record Axis(double min, double max, double start, double end) {
  private static final double OUTLIERS = 0.02;
  private static final double OUTLYING = 4;
  private static final double MARGIN = 0.06;
  private static final double BEYOND = 50;

  /** For these values; a few that lie far from all others, as next to a pole, are left outside. */
  static Axis around(DoubleStream values, double start, double end) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    int left = (int) (sorted.length * OUTLIERS);
    double min = sorted[0];
    double max = sorted[sorted.length - 1];
    double usualMin = sorted[left];
    double usualMax = sorted[sorted.length - 1 - left];
    if (usualMax > usualMin && max - min > OUTLYING * (usualMax - usualMin)) {
      min = usualMin;
      max = usualMax;
    }
    double margin = max > min ? MARGIN * (max - min) : Math.max(Math.abs(max), 1) / 2;
    return new Axis(min - margin, max + margin, start, end);
  }

  /** Where a number lies; far outside, just somewhere outside. */
  double at(double value) {
    double place = start + (value - min) / (max - min) * (end - start);
    double low = Math.min(start, end) - BEYOND;
    double high = Math.max(start, end) + BEYOND;
    return Math.max(low, Math.min(high, place));
  }

  /** Round numbers on the axis, at most so many. */
  double[] ticks(int most) {
    double rough = (max - min) / most;
    double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
    DoubleUnaryOperator round = factor -> factor * magnitude;
    double step = DoubleStream.of(1, 2, 5, 10)
        .map(round)
        .filter(each -> each >= rough)
        .findFirst()
        .orElse(10 * magnitude);
    long first = (long) Math.ceil(min / step);
    long last = (long) Math.floor(max / step);
    return LongStream.rangeClosed(first, last).mapToDouble(n -> n * step).toArray();
  }
}
