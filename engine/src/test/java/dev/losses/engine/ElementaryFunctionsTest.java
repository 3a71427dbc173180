package dev.losses.engine;

import static dev.losses.engine.Evaluations.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Against the JDK's StrictMath, itself within one ulp, so two ulp here is at most one of ours. */
@Tag("every-jdk")
@org.junit.jupiter.api.Tag("every-jdk") // jqwik's is for properties alone.
class ElementaryFunctionsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Property(seed = "1")
  void expIsWithinAnUlp(@ForAll @Size(50) double[] raw) {
    assertClose(Expr::exp, StrictMath::exp, within(raw, 745), 2);
  }

  @Property(seed = "1")
  void expm1IsWithinAnUlp(@ForAll @Size(50) double[] raw) {
    assertClose(Expr::expm1, StrictMath::expm1, within(raw, 3), 2);
  }

  @Property(seed = "1")
  void logIsWithinAnUlpAlsoOfSubnormals(@ForAll @Size(50) double[] raw) {
    assertClose(Expr::log, StrictMath::log, raw, 2);
    assertClose(Expr::log, StrictMath::log, within(raw, 2), 2);
  }

  @Property(seed = "1")
  void log1pIsWithinAnUlp(@ForAll @Size(50) double[] raw) {
    assertClose(Expr::log1p, StrictMath::log1p, within(raw, 1), 2);
    assertClose(Expr::log1p, StrictMath::log1p, raw, 2);
  }

  @Property(seed = "1")
  void tanhIsWithinAnUlp(@ForAll @Size(50) double[] raw) {
    // StrictMath's own tanh errs by up to 2.5 ulp.
    assertClose(Expr::tanh, StrictMath::tanh, within(raw, 25), 4);
  }

  @Property(seed = "1")
  void powIsWithinTwoUlp(
      @ForAll @Size(50) double[] raw, @ForAll @IntRange(max = 6000) int hundredths) {
    double y = (hundredths - 3000) / 100.0;
    double[] positive = within(raw, 40);
    for (int i = 0; i < positive.length; i++) {
      positive[i] = Math.abs(positive[i]) + 1e-9;
    }
    assertClose(e -> e.pow(y), x -> StrictMath.pow(x, y), positive, 3);
  }

  @Property(seed = "1")
  void sigmoidAndSoftplusAreWithinTwoUlp(@ForAll @Size(50) double[] raw) {
    // StrictMath's own steps add up to another two.
    assertClose(Expr::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), within(raw, 30), 4);
    assertClose(
        Expr::softplus,
        x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))),
        within(raw, 700),
        4);
  }

  @Property(seed = "1")
  void everyFloat32FunctionIsWithinTwoUlp(@ForAll @Size(50) double[] raw) {
    assertCloseInFloat32(Expr::exp, StrictMath::exp, within(raw, 85));
    assertCloseInFloat32(Expr::expm1, StrictMath::expm1, within(raw, 3));
    assertCloseInFloat32(Expr::log1p, StrictMath::log1p, within(raw, 0.99));
    assertCloseInFloat32(e -> e.abs().log(), x -> StrictMath.log(Math.abs(x)), within(raw, 1e30));
    assertCloseInFloat32(Expr::tanh, StrictMath::tanh, within(raw, 8));
    assertCloseInFloat32(Expr::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), within(raw, 80));
    assertCloseInFloat32(Expr::softplus, x -> StrictMath.log1p(StrictMath.exp(x)), within(raw, 80));
  }

  private static void assertCloseInFloat32(
      UnaryOperator<Expr> ours, DoubleUnaryOperator theirs, double[] raw) {
    float[] x = new float[raw.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) raw[i];
    }
    FormulaLoss loss = (yTrue, yPred) -> ours.apply(yPred);
    float[] actual = Evaluator.of(loss)
        .evaluate(LossInputs.of(new float[x.length], x), Reduction.NONE, Gradients.NONE)
        .losses()
        .floats();
    for (int i = 0; i < x.length; i++) {
      double expected = theirs.applyAsDouble(x[i]);
      double ulp = Math.ulp((float) expected);
      assertEquals(expected, actual[i], 2 * ulp, "of " + x[i]);
    }
  }

  @Test
  void functionsHaveTheLimitsOfTheirMathematics() {
    assertEqualsAll(
        row(0, 1, INFINITY, INFINITY, Double.NaN, Double.MIN_VALUE),
        map(Expr::exp, -INFINITY, 0, 800, INFINITY, Double.NaN, -744.4400719213812));
    assertEqualsAll(
        row(-1, -1, INFINITY, Double.NaN), map(Expr::expm1, -INFINITY, -800, 800, Double.NaN));
    assertEqualsAll(
        row(-INFINITY, 0, INFINITY, Double.NaN, Double.NaN),
        map(Expr::log, 0, 1, INFINITY, -1, Double.NaN));
    assertEqualsAll(
        row(-INFINITY, 1e-20, INFINITY, Double.NaN, Double.NaN),
        map(Expr::log1p, -1, 1e-20, INFINITY, -1.5, Double.NaN));
    assertEqualsAll(row(-1, 0, 1, Double.NaN), map(Expr::tanh, -INFINITY, 0, 1e300, Double.NaN));
    assertEqualsAll(row(0, 0.5, 1, 1), map(Expr::sigmoid, -1000, 0, 1000, INFINITY));
    assertEqualsAll(
        row(0, Math.log(2), 1000, INFINITY), map(Expr::softplus, -1000, 0, 1000, INFINITY));
  }

  @Test
  void powHasTheSpecialCasesOfTheJdkButForTheSignOfZero() {
    double[] values = {
      0, 0.5, 1, 2, 3, -0.5, -1, -2, -3, INFINITY, -INFINITY, Double.NaN, 1e300, -1e300
    };
    for (double y : values) {
      for (double x : values) {
        double expected = Math.pow(x, y);
        double actual = map(e -> e.pow(y), x)[0];
        assertTrue(
            expected == actual
                || (Double.isNaN(expected) && Double.isNaN(actual))
                || Math.abs(expected - actual) <= 2 * Math.ulp(expected),
            x + " ^ " + y + " is " + expected + ", got " + actual);
      }
    }
  }

  @Test
  void float32FunctionsAreRoundedFloat64OnesToAnUlp() {
    float[] x = new float[2000];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (Math.sin(i) * Math.exp(i * 0.002 - 2));
    }
    FormulaLoss loss = (yTrue, yPred) -> yPred.exp().plus(yPred.abs().log()).plus(yPred.tanh());
    float[] actual = Evaluator.of(loss)
        .evaluate(LossInputs.of(new float[x.length], x), Reduction.NONE, Gradients.NONE)
        .losses()
        .floats();
    for (int i = 0; i < x.length; i++) {
      double exact = Math.exp(x[i]) + Math.log(Math.abs(x[i])) + Math.tanh(x[i]);
      double scale = Math.exp(x[i]) + Math.abs(Math.log(Math.abs(x[i]))) + 1;
      assertEquals(exact, actual[i], 4 * Math.ulp((float) scale), "at " + x[i]);
    }
  }

  private static double[] within(double[] raw, double limit) {
    double[] folded = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      folded[i] = Math.abs(raw[i]) <= limit ? raw[i] : Math.IEEEremainder(raw[i], 2 * limit);
    }
    return folded;
  }

  private static void assertClose(
      UnaryOperator<Expr> ours, DoubleUnaryOperator reference, double[] x, int ulps) {
    double[] actual = map(ours, x);
    for (int i = 0; i < x.length; i++) {
      double expected = reference.applyAsDouble(x[i]);
      if (Double.isNaN(expected)) {
        assertTrue(Double.isNaN(actual[i]), "at " + x[i]);
      } else if (Double.isInfinite(expected) || expected == 0) {
        assertEquals(expected, actual[i], 0, "at " + x[i]);
      } else {
        assertEquals(expected, actual[i], ulps * Math.ulp(expected), "at " + x[i]);
      }
    }
  }

  private static double[] row(double... values) {
    return values;
  }

  private static void assertEqualsAll(double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      boolean exact = expected[i] == 0 || !Double.isFinite(expected[i]);
      if (exact) {
        assertEquals(expected[i], actual[i], "item " + i);
      } else {
        assertEquals(expected[i], actual[i], Math.ulp(expected[i]), "item " + i);
      }
    }
  }
}
