package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Derivatives of random formulas against central differences. */
class GradientPropertiesTest {
  /** Smooth, and tame enough that differences say something. */
  private static final List<UnaryOperator<Expr>> SMOOTH = List.of(
      Expr::tanh,
      Expr::sigmoid,
      Expr::softplus,
      e -> e.tanh().exp(),
      e -> e.tanh().expm1(),
      e -> e.squared().plus(0.5).log(),
      e -> e.squared().log1p(),
      e -> e.squared().plus(1).sqrt(),
      e -> e.squared().plus(0.3).pow(1.7),
      e -> e.sigmoid().pow(e.tanh()),
      Expr::unaryMinus,
      e -> e.times(0.7).minus(0.2),
      e -> e.div(e.squared().plus(2)));

  /** Smooth but for kinks, which random values hardly ever hit. */
  private static final List<UnaryOperator<Expr>> PIECEWISE = List.of(
      Expr::abs,
      e -> e.maximum(0.2),
      e -> e.minimum(e.times(0.5).plus(0.1)),
      e -> e.clip(-0.7, 0.9),
      e -> Expr.where(e.lessThan(0.3), e.squared(), e.times(2)),
      e -> Expr.where(e.abs().atMost(0.8), e.tanh(), e.abs().log()),
      e -> Expr.where(e.greaterThan(0), Expr.where(e.greaterThan(1), e, e.squared()), e.exp()));

  private static final List<UnaryOperator<Expr>> OF_A_ROW = List.of(
      Expr::softmax,
      Expr::logSoftmax,
      e -> e.minus(e.mean()),
      e -> e.div(e.norm(2).plus(1)),
      e -> e.minus(e.logSumExp()),
      e -> e.times(e.norm(3)),
      e -> e.plus(e.sum().tanh()),
      e -> e.times(Expr.classIndex().plus(1)).div(Expr.lastAxisSize()),
      e -> e.minus(e.at(Expr.constant(1))));

  @Property(seed = "1", tries = 300)
  void pointwiseGradientsEqualFiniteDifferences(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int depth) {
    Random random = new Random(seed);
    FormulaLoss loss = formula(random, depth, SMOOTH);
    check(loss, random, new int[] {5});
  }

  @Property(seed = "1", tries = 300)
  void gradientsOfBranchesEqualFiniteDifferences(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int depth) {
    Random random = new Random(seed);
    List<UnaryOperator<Expr>> functions = new ArrayList<>(SMOOTH);
    functions.addAll(PIECEWISE);
    functions.addAll(PIECEWISE);
    check(formula(random, depth, functions), random, new int[] {5});
  }

  @Property(seed = "1", tries = 300)
  void rowGradientsEqualFiniteDifferences(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int depth) {
    Random random = new Random(seed);
    FormulaLoss pointwise = formula(random, depth, SMOOTH);
    UnaryOperator<Expr> row = OF_A_ROW.get(random.nextInt(OF_A_ROW.size()));
    UnaryOperator<Expr> second = OF_A_ROW.get(random.nextInt(OF_A_ROW.size()));
    FormulaLoss loss =
        (t, p) -> second.apply(row.apply(pointwise.loss(t, p)).times(t).tanh());
    check(loss, random, new int[] {2, 3});
  }

  private static FormulaLoss formula(
      Random random, int depth, List<UnaryOperator<Expr>> functions) {
    long seed = random.nextLong();
    return (t, p) -> {
      Random choices = new Random(seed);
      Expr value = p;
      Expr other = t.minus(p);
      for (int i = 0; i < depth; i++) {
        Expr next = functions.get(choices.nextInt(functions.size())).apply(value);
        switch (choices.nextInt(4)) {
          case 0 -> next = next.times(other);
          case 1 -> next = next.plus(other);
          case 2 -> next = next.minus(other.times(0.3));
          default -> {}
        }
        other = value;
        value = next;
      }
      return value;
    };
  }

  private static void check(FormulaLoss loss, Random random, int[] shape) {
    Evaluator evaluator = Evaluator.of(loss);
    Tensor yTrue = normal(random, shape);
    Tensor yPred = normal(random, shape);
    LossResult result =
        evaluator.evaluate(LossInputs.of(yTrue, yPred), Reduction.SUM, Gradients.COMPUTE);
    // Differences of huge values say nothing.
    Assume.that(Math.abs(result.value()) < 1e6);
    for (int i = 0; i < yPred.size(); i++) {
      double gradient = result.gradient("y_pred").get(i);
      double coarse = difference(evaluator, yTrue, yPred, i, 1e-4);
      double fine = difference(evaluator, yTrue, yPred, i, 5e-5);
      double extrapolated = (4 * fine - coarse) / 3;
      double uncertainty = Math.abs(fine - coarse) + 1e-7 * (1 + Math.abs(result.value()));
      assertEquals(
          extrapolated, gradient, 1e-5 * (1 + Math.abs(gradient)) + uncertainty, "element " + i);
    }
  }

  private static double difference(
      Evaluator evaluator, Tensor yTrue, Tensor yPred, int i, double h) {
    double[] shifted = yPred.doubles().clone();
    shifted[i] = yPred.get(i) + h;
    double above = value(evaluator, yTrue, Tensor.of(shifted, yPred.shape()));
    shifted[i] = yPred.get(i) - h;
    return (above - value(evaluator, yTrue, Tensor.of(shifted, yPred.shape()))) / (2 * h);
  }

  private static double value(Evaluator evaluator, Tensor yTrue, Tensor yPred) {
    return evaluator
        .evaluate(LossInputs.of(yTrue, yPred), Reduction.SUM, Gradients.NONE)
        .value();
  }

  private static Tensor normal(Random random, int... shape) {
    Tensor tensor = Tensor.zeros(dev.losses.spi.DType.FLOAT64, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.doubles()[i] = random.nextGaussian();
    }
    return tensor;
  }
}
