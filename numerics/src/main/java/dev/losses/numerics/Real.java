package dev.losses.numerics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A real number of many digits, an infinity or NaN. Zero has no sign.
 *
 * <p>Sums and products keep so many digits that they are exact for all that a float64 range holds side by side; nothing
 * overflows or underflows.
 *
 * @param number null where the number is not finite
 * @param special an infinity or NaN where the number is not finite
 */
record Real(@Nullable BigDecimal number, double special) implements Comparable<Real> {
  private static final MathContext DIGITS = new MathContext(400);

  static final Real ZERO = of(BigDecimal.ZERO);
  static final Real ONE = of(BigDecimal.ONE);
  static final Real TWO = of(BigDecimal.valueOf(2));
  static final Real HALF = of(new BigDecimal("0.5"));
  static final Real INFINITY = new Real(null, Double.POSITIVE_INFINITY);
  static final Real NAN = new Real(null, Double.NaN);

  static Real of(BigDecimal number) {
    return new Real(number, 0);
  }

  /** Exactly this double. */
  static Real of(double value) {
    return Double.isFinite(value) ? of(new BigDecimal(value)) : new Real(null, value);
  }

  boolean isFinite() {
    return number != null;
  }

  /** The number of a finite one. */
  BigDecimal finite() {
    return Objects.requireNonNull(number, "not finite");
  }

  boolean isNan() {
    return Double.isNaN(special);
  }

  boolean isZero() {
    return number != null && number.signum() == 0;
  }

  int signum() {
    return number != null ? number.signum() : (int) Math.signum(special);
  }

  Real plus(Real other) {
    return number != null && other.number != null
        ? of(number.add(other.number, DIGITS))
        : of(special + other.special);
  }

  Real minus(Real other) {
    return plus(other.negate());
  }

  Real negate() {
    return number != null ? of(number.negate()) : of(-special);
  }

  Real abs() {
    return signum() < 0 ? negate() : this;
  }

  Real times(Real other) {
    return number != null && other.number != null
        ? of(number.multiply(other.number, DIGITS))
        : of(sign() * other.sign());
  }

  Real div(Real other) {
    if (number == null || other.number == null || other.number.signum() == 0) {
      return of(other.isZero() ? sign() / 0.0 : quotientOfSpecials(other));
    }
    return of(number.divide(other.number, DIGITS));
  }

  Real sqrt() {
    if (number == null) {
      return of(Math.sqrt(special));
    }
    return number.signum() < 0 ? NAN : of(number.sqrt(DIGITS));
  }

  /** Whether both are numbers and this is the smaller. */
  boolean isLess(Real other) {
    return !isNan() && !other.isNan() && compareTo(other) < 0;
  }

  /** Whether both are numbers and equal, as IEEE 754 has it. */
  boolean isSame(Real other) {
    return !isNan() && !other.isNan() && compareTo(other) == 0;
  }

  /** The order of numbers and infinities; what it says of NaN means nothing. */
  @Override
  public int compareTo(Real other) {
    return number != null && other.number != null
        ? number.compareTo(other.number)
        : Double.compare(special, other.special);
  }

  /** The nearest float64; infinite where that overflows. */
  double toDouble() {
    return number != null ? number.doubleValue() : special;
  }

  /** The nearest float32; infinite where that overflows. */
  float toFloat() {
    return number != null ? number.floatValue() : (float) special;
  }

  private double sign() {
    return number != null ? number.signum() : special;
  }

  private double quotientOfSpecials(Real other) {
    return other.number != null ? special / other.number.signum() : sign() / other.special;
  }
}
