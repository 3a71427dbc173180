package dev.losses.builtin.internal;

/** The logistic function and its integral, which never overflow. */
public final class Logistic {
  private Logistic() {}

  /** {@code ln(1 + e ^ x)}. */
  public static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** {@code 1 / (1 + e ^ -x)}. */
  public static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }
}
