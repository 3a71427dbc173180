package dev.losses.numerics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The exact value and gradient of an array loss, from its definition. */
final class ArrayReference implements ExactLoss {
  /** What no float64 can be told from 0 by, and less: what 400 digits leave of numbers that cancel. */
  private static final Real NOTHING = Real.of(new BigDecimal("1e-330"));

  private static final MathContext FEW_DIGITS = new MathContext(24);
  private static final Real ROUNDING = Real.of(0x1p-48);
  private static final Real JUMP = Real.of(0x1p-20);

  /** An array loss as its documentation defines it, in whatever arithmetic is the plainest. */
  @FunctionalInterface
  interface Definition {
    /** The unreduced losses. */
    List<Dual> losses(Example example);
  }

  private final Definition definition;
  private final boolean chooses;

  /** @param chooses whether a comparison of what is computed decides: then what rounding may decide is left out */
  ArrayReference(Definition definition, boolean chooses) {
    this.definition = definition;
    this.chooses = chooses;
  }

  @Override
  public ExactRow evaluate(Map<String, List<Real>> inputs, int columns) {
    List<Real> yTrue = Objects.requireNonNull(inputs.get("y_true"));
    List<Real> yPred = Objects.requireNonNull(inputs.get("y_pred"));
    Evaluated exact = evaluate(yTrue, yPred, columns);
    List<Real> losses = exact.losses();
    List<Real> slopes = exact.slopes();
    for (int sign : chooses ? new int[] {1, -1} : new int[0]) {
      Evaluated beside = evaluate(yTrue, nudged(yPred, sign), columns);
      losses = agreed(losses, beside.losses());
      slopes = agreed(slopes, beside.slopes());
    }
    return new ExactRow(losses, Map.of("y_pred", slopes));
  }

  private record Evaluated(List<Real> losses, List<Real> slopes) {}

  private Evaluated evaluate(List<Real> yTrue, List<Real> yPred, int columns) {
    List<Dual> elements = IntStream.range(0, yPred.size())
        .mapToObj(i -> Dual.element(yPred.get(i), i))
        .toList();
    List<Dual> losses = definition.losses(new Example(yTrue, elements, columns));
    Dual sum = Dual.sum(losses);
    List<Real> slopes = IntStream.range(0, yPred.size())
        .mapToObj(sum::slope)
        .map(slope -> slope.abs().isLess(NOTHING) ? Real.ZERO : slope)
        .toList();
    return new Evaluated(losses.stream().map(Dual::value).toList(), slopes);
  }

  /** As near as rounding may bring them, each by another share of that. */
  private static List<Real> nudged(List<Real> numbers, int sign) {
    return IntStream.range(0, numbers.size())
        .mapToObj(i -> {
          double share = sign * StrictMath.sin(i + 1);
          Real nudged = numbers.get(i).times(Real.ONE.plus(Real.of(share).times(ROUNDING)));
          return Real.of(nudged.finite().round(FEW_DIGITS));
        })
        .toList();
  }

  private static List<Real> agreed(List<Real> exact, List<Real> beside) {
    return IntStream.range(0, exact.size())
        .mapToObj(i -> isNear(exact.get(i), beside.get(i)) ? exact.get(i) : Real.NAN)
        .toList();
  }

  private static boolean isNear(Real one, Real other) {
    Real size = one.abs().isLess(Real.ONE) ? Real.ONE : one.abs();
    return one.isSame(other) || one.minus(other).abs().isLess(size.times(JUMP));
  }
}
