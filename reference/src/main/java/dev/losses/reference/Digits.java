package dev.losses.reference;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as text, the same on every JDK: {@link Double#toString} is not before JDK 19. */
final class Digits {
  private static final int ENOUGH = 17;
  private static final int LEAST_EXPONENT = -5;
  private static final int GREATEST_EXPONENT = 9;

  private Digits() {}

  /** The shortest text that reads as this number. */
  static String shortest(double value) {
    for (int digits = 1; digits < ENOUGH; digits++) {
      String text = rounded(value, digits);
      if (Double.parseDouble(text) == value) {
        return text;
      }
    }
    return rounded(value, ENOUGH);
  }

  /** The number with at most so many significant digits. */
  static String rounded(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal decimal = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (decimal.signum() == 0) {
      return "0";
    } else if (exponent >= LEAST_EXPONENT && exponent <= GREATEST_EXPONENT) {
      return decimal.toPlainString();
    }
    return decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }
}
