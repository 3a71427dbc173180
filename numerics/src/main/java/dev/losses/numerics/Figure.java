package dev.losses.numerics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How an error is written on the page: two digits, rounded up, so that what is written is a bound. */
final class Figure {
  private static final String INFINITE = "not finite";
  private static final double LARGE = 1000;

  private Figure() {}

  static String write(double error) {
    if (Double.isInfinite(error)) {
      return INFINITE;
    }
    if (error == 0) {
      return "0";
    }
    BigDecimal exact = new BigDecimal(error);
    if (error < LARGE) {
      return exact.setScale(error < 10 ? 1 : 0, RoundingMode.UP).toPlainString();
    }
    BigDecimal rounded = exact.round(new MathContext(2, RoundingMode.UP));
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.scaleByPowerOfTen(-exponent).setScale(1, RoundingMode.UNNECESSARY) + "e"
        + exponent;
  }

  static double read(String text) {
    return text.equals(INFINITE) ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }
}
