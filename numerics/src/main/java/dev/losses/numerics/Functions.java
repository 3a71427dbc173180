package dev.losses.numerics;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The elementary functions to 60 significant digits, wherever their arguments lie. */
final class Functions {
  private static final MathContext DIGITS = new MathContext(60);
  private static final MathContext SPARE = new MathContext(75);
  /** Beyond, e^x has more digits before or after its point than are worth counting. */
  private static final BigDecimal LARGEST_EXPONENT = BigDecimal.valueOf(10_000_000);

  private static final BigDecimal SMALL = new BigDecimal("0.01");
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal LN_10 = BigDecimalMath.log(BigDecimal.TEN, SPARE);
  private static final int LARGEST_POWER = 64;

  private Functions() {}

  static Real exp(Real x) {
    if (!x.isFinite()) {
      return Real.of(Math.exp(x.special()));
    }
    if (x.finite().abs().compareTo(LARGEST_EXPONENT) > 0) {
      return x.signum() > 0 ? Real.INFINITY : Real.ZERO;
    }
    if (isSmall(x.finite())) {
      return Real.ONE.plus(expm1(x));
    }
    BigDecimal power = x.finite().divide(LN_10, 0, RoundingMode.HALF_EVEN);
    BigDecimal rest = x.finite().subtract(power.multiply(LN_10), SPARE);
    return Real.of(BigDecimalMath.exp(rest, DIGITS).scaleByPowerOfTen(power.intValueExact()));
  }

  static Real expm1(Real x) {
    if (!x.isFinite() || !isSmall(x.finite())) {
      return exp(x).minus(Real.ONE);
    }
    BigDecimal number = x.finite().round(SPARE);
    BigDecimal term = number;
    BigDecimal sum = number;
    for (int n = 2; counts(term, sum); n++) {
      term = term.multiply(number, SPARE).divide(BigDecimal.valueOf(n), SPARE);
      sum = sum.add(term, SPARE);
    }
    return Real.of(sum);
  }

  static Real log(Real x) {
    if (!x.isFinite()) {
      return Real.of(Math.log(x.special()));
    }
    if (x.signum() <= 0) {
      return x.isZero() ? Real.INFINITY.negate() : Real.NAN;
    }
    BigDecimal fromOne = x.finite().subtract(BigDecimal.ONE);
    if (isSmall(fromOne)) {
      return log1pOfSmall(fromOne);
    }
    // The library takes minutes for numbers of many thousand digits before or behind the point.
    BigDecimal number = x.finite().round(SPARE);
    int power = number.precision() - number.scale() - 1;
    BigDecimal mantissa = BigDecimalMath.log(number.scaleByPowerOfTen(-power), SPARE);
    return Real.of(mantissa.add(LN_10.multiply(BigDecimal.valueOf(power)), SPARE));
  }

  static Real log1p(Real x) {
    return x.isFinite() && isSmall(x.finite()) ? log1pOfSmall(x.finite()) : log(Real.ONE.plus(x));
  }

  /** {@code 2 artanh(x / (2 + x))}. */
  private static Real log1pOfSmall(BigDecimal x) {
    BigDecimal s = x.divide(x.add(TWO), SPARE);
    BigDecimal square = s.multiply(s, SPARE);
    BigDecimal power = s;
    BigDecimal term = s;
    BigDecimal sum = s;
    for (int n = 3; counts(term, sum); n += 2) {
      power = power.multiply(square, SPARE);
      term = power.divide(BigDecimal.valueOf(n), SPARE);
      sum = sum.add(term, SPARE);
    }
    return Real.of(sum.multiply(TWO));
  }

  static Real sigmoid(Real x) {
    Real e = exp(x.abs().negate());
    return (x.signum() < 0 ? e : Real.ONE).div(Real.ONE.plus(e));
  }

  static Real softplus(Real x) {
    Real rest = log1p(exp(x.abs().negate()));
    return x.signum() > 0 ? x.plus(rest) : rest;
  }

  static Real tanh(Real x) {
    Real e = expm1(x.abs().plus(x.abs()).negate());
    Real size = e.negate().div(e.plus(Real.TWO));
    return x.signum() < 0 ? size.negate() : size;
  }

  /** {@code x ^ y} with the special cases of {@link Math#pow}. */
  static Real pow(Real x, Real y) {
    if (y.isZero()) {
      return Real.ONE;
    }
    if (!x.isFinite() || !y.isFinite() || x.isZero()) {
      // Of a finite number its sign, and on which side of 1 its size lies, decide.
      return Real.of(Math.pow(representative(x), representative(y)));
    }
    boolean whole = y.finite().stripTrailingZeros().scale() <= 0;
    if (whole && y.abs().finite().compareTo(BigDecimal.valueOf(LARGEST_POWER)) <= 0) {
      Real power =
          Real.of(x.finite().pow(Math.abs(y.finite().intValueExact()), new MathContext(400)));
      return y.signum() > 0 ? power : Real.ONE.div(power);
    }
    if (x.signum() > 0) {
      return exp(y.times(log(x)));
    }
    if (!whole) {
      return Real.NAN;
    }
    Real size = exp(y.times(log(x.negate())));
    return y.finite().toBigInteger().testBit(0) ? size.negate() : size;
  }

  private static double representative(Real x) {
    return x.isFinite() ? x.toDouble() : x.special();
  }

  private static boolean isSmall(BigDecimal x) {
    return x.abs().compareTo(SMALL) < 0;
  }

  /** Whether a term of a series still changes its sum. */
  private static boolean counts(BigDecimal term, BigDecimal sum) {
    return term.signum() != 0 && exponent(term) > exponent(sum) - SPARE.getPrecision();
  }

  private static int exponent(BigDecimal x) {
    return x.precision() - x.scale();
  }
}
