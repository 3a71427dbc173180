package dev.losses.numerics;

import dev.losses.spi.DType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Supplier;

/** The largest errors among many answers. */
final class Worst {
  private static final MathContext FEW_DIGITS = new MathContext(10);

  private final DType dtype;
  private double ulp;
  private double ofScale;
  private String where = "";

  Worst(DType dtype) {
    this.dtype = dtype;
  }

  /** The largest error in units of the exact result's last place; infinite where finite and not finite were confused. */
  double ulp() {
    return ulp;
  }

  /** The largest error in units of the scale's last place. */
  double ofScale() {
    return ofScale;
  }

  /** The input of the largest error. */
  String where() {
    return where;
  }

  void add(Real exact, double actual, double scale, Supplier<String> place) {
    double error = ulp(exact, actual, rounded(exact));
    // 0 has no digits of its own; what ought to be 0 is compared with the scale alone.
    boolean hasDigits = !exact.isZero() || !Double.isFinite(actual);
    if (hasDigits && error > ulp) {
      ulp = error;
      where = place.get() + "; exact " + show(rounded(exact)) + ", got " + show(actual);
    }
    ofScale = Math.max(ofScale, ulp(exact, actual, Math.max(scale, Math.abs(rounded(exact)))));
  }

  /** Whether not one digit of an answer is right. */
  static boolean isLost(Real exact, double actual, DType dtype) {
    double rounded = dtype == DType.FLOAT32 ? exact.toFloat() : exact.toDouble();
    if (!Double.isFinite(rounded) || !Double.isFinite(actual)) {
      return Double.compare(rounded, actual) != 0;
    }
    double smallest = dtype == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    return Math.abs(rounded - actual) > Math.abs(rounded) / 2 + smallest;
  }

  private double ulp(Real exact, double actual, double at) {
    double rounded = rounded(exact);
    if (!Double.isFinite(rounded) || !Double.isFinite(actual)) {
      return Double.compare(rounded, actual) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double unit = dtype == DType.FLOAT32 ? Math.ulp((float) at) : Math.ulp(at);
    Real error = exact.minus(Real.of(actual)).abs();
    return error.isFinite()
        ? error.finite().divide(new BigDecimal(unit), FEW_DIGITS).doubleValue()
        : Double.POSITIVE_INFINITY;
  }

  private double rounded(Real exact) {
    return dtype == DType.FLOAT32 ? exact.toFloat() : exact.toDouble();
  }

  private String show(double value) {
    return dtype == DType.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
  }
}
