package dev.losses.numerics;

import dev.losses.spi.Operator;
import java.util.List;

/** The operators that look at one element alone. */
final class Pointwise {
  private Pointwise() {}

  static Real compute(Operator operator, List<Real> operands) {
    Real x = operands.get(0);
    Real y = operands.size() > 1 ? operands.get(1) : Real.NAN;
    return switch (operator) {
      case ADD -> x.plus(y);
      case SUBTRACT -> x.minus(y);
      case MULTIPLY -> x.times(y);
      case DIVIDE -> x.div(y);
      case NEGATE -> x.negate();
      case POWER -> Functions.pow(x, y);
      case SQUARE -> x.times(x);
      case SQRT -> x.sqrt();
      case ABS -> x.abs();
      case EXP -> Functions.exp(x);
      case EXPM1 -> Functions.expm1(x);
      case LOG -> Functions.log(x);
      case LOG1P -> Functions.log1p(x);
      case TANH -> Functions.tanh(x);
      case SIGMOID -> Functions.sigmoid(x);
      case SOFTPLUS -> Functions.softplus(x);
      case MAXIMUM -> larger(x, y);
      case MINIMUM -> larger(x.negate(), y.negate()).negate();
      case CLIP -> limited(x, y, operands.get(2));
      case DETACH, COUNTED_AS -> x;
      case LESS -> truth(x.isLess(y));
      case AT_MOST -> truth(x.isLess(y) || x.isSame(y));
      case EQUAL -> truth(x.isSame(y));
      case AND -> truth(!x.isZero() && !y.isZero());
      case OR -> truth(!x.isZero() || !y.isZero());
      case NOT -> truth(x.isZero());
      case WHERE -> x.isZero() ? operands.get(2) : y;
      default -> throw new IllegalArgumentException(operator + " looks along the row");
    };
  }

  private static Real larger(Real x, Real y) {
    return x.isNan() || y.isLess(x) ? x : y;
  }

  private static Real limited(Real x, Real lower, Real upper) {
    return x.isLess(lower) ? lower : upper.isLess(x) ? upper : x;
  }

  private static Real truth(boolean holds) {
    return holds ? Real.ONE : Real.ZERO;
  }
}
