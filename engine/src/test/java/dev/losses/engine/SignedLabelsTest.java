package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Labels of a hinge loss are read as Keras reads them: by the whole batch. */
class SignedLabelsTest {
  private static final double[] SCORES = {2, 3, 5};

  private final Evaluator evaluator = Evaluator.of(new FormulaLoss() {
    @Override
    public List<Input> inputs() {
      return Input.pair(Domain.HINGE_LABEL, Domain.REAL);
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yTrue.times(yPred);
    }
  });

  @Test
  void zeroBecomesMinusOneWhereAllAreZeroOrOne() {
    double[] labels = {0, 1, 0};
    assertArrayEquals(new double[] {-2, 3, -5}, losses(LossInputs.of(labels, SCORES)));
    assertArrayEquals(new double[] {0, 1, 0}, labels, "the caller's labels stay as they are");
  }

  @Test
  void otherLabelsAreTakenAsTheyAre() {
    assertArrayEquals(
        new double[] {0, 3, -5}, losses(LossInputs.of(new double[] {0, 1, -1}, SCORES)));
    assertArrayEquals(
        new double[] {0, 3, 2.5}, losses(LossInputs.of(new double[] {0, 1, 0.5}, SCORES)));
  }

  @Test
  void aMaskedLabelHasNoSay() {
    LossInputs inputs = LossInputs.of(new double[] {0, 1, -1}, SCORES);
    assertArrayEquals(
        new double[] {-2, 3, 0}, losses(inputs.withMask(new boolean[] {true, true, false})));
  }

  @Test
  void aLabelOfWeightZeroHasItsSay() {
    LossInputs inputs = LossInputs.of(new double[] {0, 1, -1}, SCORES);
    assertArrayEquals(
        new double[] {0, 3, 0}, losses(inputs.withSampleWeight(new double[] {1, 1, 0})));
  }

  @Test
  void theGradientIsThatOfTheLabelsAsTheyAreRead() {
    LossResult result = evaluator.evaluate(
        LossInputs.of(new float[] {0, 1}, new float[] {2, 3}), Reduction.SUM, Gradients.COMPUTE);
    assertEquals(1, result.value());
    assertArrayEquals(new float[] {-1, 1}, result.gradient("y_pred").floats());
  }

  private double[] losses(LossInputs inputs) {
    return evaluator.evaluate(inputs, Reduction.NONE, Gradients.NONE).losses().doubles();
  }
}
