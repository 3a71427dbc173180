package dev.losses.builtin.regression;

import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Condition;
import dev.losses.spi.Expr;

/** Deviances that are differences of almost equal terms where prediction and target are close. */
final class Deviances {
  /** Within it the series below have all digits of float64 after so many terms. */
  private static final double SMALL = 0.4;

  /** From this exponent on the terms of the powers do not cancel, and are nearer than exponentials of a rounded one. */
  private static final double NO_LONGER_EQUAL = 2;

  private static final double LARGEST_EXPONENT = 50;

  private static final double LARGE_RATIO = 1e30;

  private static final int TERMS = 14;

  private Deviances() {}

  static Expr gamma(Expr yTrue, Expr yPred) {
    Expr difference = yTrue.minus(yPred).div(yPred);
    Expr far = yTrue.div(yPred).minus(1).minus(logarithmOfRatio(yTrue, yPred));
    return where(difference.abs().lessThan(SMALL), excess(difference), far).times(2);
  }

  static Expr poisson(Expr yTrue, Expr yPred) {
    Expr difference = yPred.minus(yTrue).div(yTrue);
    Expr near = yTrue.times(excess(difference));
    Expr far = yTrue.times(logarithmOfRatio(yTrue, yPred)).minus(yTrue).plus(yPred);
    Expr positive = where(difference.abs().lessThan(SMALL), near, far);
    return where(yTrue.equalTo(0), yPred, positive).times(2);
  }

  /**
   * The general case. With {@code r = ln(m / t)} it is {@code t^(2-p)} times the growth {@code expm1((2-p) r) / (2-p) -
   * expm1((1-p) r) / (1-p)}, in which nothing is divided by both {@code 1 - p} and {@code 2 - p}: near powers 1 and 2 that
   * would cancel.
   */
  static Expr tweedie(Expr yTrue, Expr yPred, double power) {
    double one = 1 - power;
    double two = 2 - power;
    double steeper = Math.max(Math.abs(one), Math.abs(two));
    Expr difference = yPred.minus(yTrue).div(yTrue);
    Expr r =
        where(difference.abs().lessThan(SMALL), difference.log1p(), logarithmOfRatio(yPred, yTrue));
    Expr growth = where(
        r.abs().lessThan(SMALL / steeper),
        r.squared().times(growthOverSquare(r, one, two)),
        r.times(two).expm1().div(two).minus(r.times(one).expm1().div(one)));
    // In two factors where the whole power may be beyond the range and the product is not.
    Expr half = yTrue.pow(two / 2);
    Expr whole = yTrue.pow(two);
    Expr scaled = where(isUsable(whole), whole.times(growth), half.times(growth).times(half));
    Expr close = where(growth.equalTo(0), 0, scaled);
    // Below 0 the powers of small predictions are infinite: of one sign, where they are not
    // subtracted.
    Expr ofPrediction = two < 0
        ? yPred.pow(one).times(yPred.div(two).minus(yTrue.div(one)))
        : yPred.pow(two).div(two).minus(yTrue.times(yPred.pow(one)).div(one));
    Expr far = yTrue.maximum(0).pow(two).div(one * two).plus(ofPrediction);
    double gentler = Math.min(Math.abs(one), Math.abs(two));
    double farFrom = Math.min(LARGEST_EXPONENT / steeper, NO_LONGER_EQUAL / gentler);
    return where(yTrue.greaterThan(0).and(r.abs().lessThan(farFrom)), close, far)
        .times(2);
  }

  /**
   * The growth over {@code r^2} where its two terms are almost equal: their series by powers of {@code r} have the
   * coefficients {@code a^(n-1) / n!}, whose difference starts at the square.
   */
  private static Expr growthOverSquare(Expr r, double one, double two) {
    double[] coefficients = new double[TERMS];
    double ofOne = one;
    double ofTwo = two;
    double factorial = 2;
    for (int i = 0; i < TERMS; i++) {
      coefficients[i] = (ofTwo - ofOne) / factorial;
      ofOne *= one;
      ofTwo *= two;
      factorial *= i + 3;
    }
    Expr series = constant(coefficients[TERMS - 1]);
    for (int i = TERMS - 2; i >= 0; i--) {
      series = series.times(r).plus(coefficients[i]);
    }
    return series;
  }

  /** Of the quotient where that neither overflows nor loses digits; else the difference of logarithms. */
  private static Expr logarithmOfRatio(Expr a, Expr b) {
    Expr ratio = a.div(b);
    return where(isUsable(ratio), ratio.log(), a.log().minus(b.log()));
  }

  private static Condition isUsable(Expr positive) {
    return positive.greaterThan(1 / LARGE_RATIO).and(positive.lessThan(LARGE_RATIO));
  }

  /**
   * {@code d - ln(1 + d)} for small d: with {@code s = d / (2 + d)}, it is {@code s (d - 2 s^2 (1/3 + s^2/5 + s^4/7 + ...))},
   * since {@code ln(1 + d) = 2 artanh(s)} and {@code d - 2 s = d s}.
   */
  private static Expr excess(Expr d) {
    Expr s = d.div(d.plus(2));
    Expr z = s.squared();
    Expr series = constant(1.0 / (2 * TERMS + 1));
    for (int i = TERMS - 1; i >= 1; i--) {
      series = series.times(z).plus(1.0 / (2 * i + 1));
    }
    return s.times(d.minus(z.times(series).times(2)));
  }
}
