package dev.losses.numerics;

import dev.losses.spi.Operator;
import java.util.List;

/** The derivatives of the operators that look at one element alone. */
final class Slopes {
  private static final List<Real> NONE = List.of();

  private Slopes() {}

  /**
   * The derivative by each operand; operands left out have none.
   *
   * @param x the operands
   * @param value what the operator makes of them
   * @param variable which operands depend on an input
   */
  static List<Real> of(Operator operator, List<Real> x, Real value, List<Boolean> variable) {
    Real a = x.get(0);
    return switch (operator) {
      case ADD -> List.of(Real.ONE, Real.ONE);
      case SUBTRACT -> List.of(Real.ONE, Real.ONE.negate());
      case MULTIPLY -> List.of(x.get(1), a);
      case DIVIDE -> List.of(Real.ONE.div(x.get(1)), value.div(x.get(1)).negate());
      case NEGATE -> List.of(Real.ONE.negate());
      case POWER -> power(a, x.get(1), value, variable.get(1));
      case SQUARE -> List.of(a.plus(a));
      case SQRT -> List.of(Real.HALF.div(value));
      case ABS -> List.of(a.isNan() ? a : Real.of(a.signum()));
      case EXP -> List.of(value);
      case EXPM1 -> List.of(Functions.exp(a));
      case LOG -> List.of(Real.ONE.div(a));
      case LOG1P -> List.of(Real.ONE.div(Real.ONE.plus(a)));
      case TANH ->
        List.of(Functions.sigmoid(a.plus(a))
            .times(Functions.sigmoid(a.plus(a).negate()))
            .times(Real.of(4)));
      case SIGMOID -> List.of(Functions.sigmoid(a).times(Functions.sigmoid(a.negate())));
      case SOFTPLUS -> List.of(Functions.sigmoid(a));
      case MAXIMUM -> winner(x.get(1).isLess(a), a.isLess(x.get(1)), variable);
      case MINIMUM -> winner(a.isLess(x.get(1)), x.get(1).isLess(a), variable);
      case CLIP -> List.of(a.isSame(value) ? Real.ONE : Real.ZERO);
      case COUNTED_AS -> List.of(Real.ONE);
      case WHERE ->
        a.isZero()
            ? List.of(Real.ZERO, Real.ZERO, Real.ONE)
            : List.of(Real.ZERO, Real.ONE, Real.ZERO);
      default -> NONE;
    };
  }

  private static List<Real> power(Real base, Real exponent, Real value, boolean exponentVaries) {
    Real byBase = exponent.isZero()
        ? Real.ZERO
        : exponent.times(Functions.pow(base, exponent.minus(Real.ONE)));
    if (!exponentVaries) {
      return List.of(byBase);
    }
    return List.of(byBase, value.isZero() ? Real.ZERO : value.times(Functions.log(base)));
  }

  /** A tie is shared by two expressions; against a constant, the constant takes it. */
  private static List<Real> winner(boolean first, boolean second, List<Boolean> variable) {
    if (first || second) {
      return first ? List.of(Real.ONE, Real.ZERO) : List.of(Real.ZERO, Real.ONE);
    }
    Real share = variable.get(0) && variable.get(1) ? Real.HALF : Real.ZERO;
    return List.of(share, share);
  }
}
