package dev.losses.engine;

/** A sum that keeps what rounding takes from it (Neumaier), so that a million numbers lose no more than a few do. */
final class Sum {
  private double rounded;
  private double lost;

  void add(double number) {
    double next = rounded + number;
    lost += Math.abs(rounded) >= Math.abs(number)
        ? (rounded - next) + number
        : (number - next) + rounded;
    rounded = next;
  }

  double value() {
    // What an infinite sum has lost is NaN.
    return Double.isFinite(rounded) ? rounded + lost : rounded;
  }
}
