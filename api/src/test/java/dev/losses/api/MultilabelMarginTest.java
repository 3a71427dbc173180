package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.Tensor;
import org.junit.jupiter.api.Test;

class MultilabelMarginTest {
  private static final Loss LOSS = LossCatalog.load().loss("multilabel_margin");

  @Test
  void everyTargetShouldBeatEveryOtherClassByOne() {
    LossResult result = evaluate(new double[] {3, 0, -1, 1}, 0.1, 0.2, 0.4, 0.8);
    // (1 - (0.8 - 0.2)) + (1 - (0.8 - 0.4)) + (1 - (0.1 - 0.2)) + (1 - (0.1 - 0.4)), a quarter of
    // it.
    assertEquals(0.85, result.value(), 1e-15);
    assertArrayEquals(
        new double[] {-0.5, 0.5, 0.5, -0.5}, result.gradient("y_pred").doubles(), 1e-15);
  }

  @Test
  void atAMarginOfExactlyOneTheGradientIsZero() {
    LossResult result = evaluate(new double[] {0, -1}, 2, 1);
    assertEquals(0, result.value());
    assertArrayEquals(new double[2], result.gradient("y_pred").doubles());
  }

  @Test
  void anEmptyListOrOneOfAllClassesCostsNothing() {
    assertEquals(0, evaluate(new double[] {-1, -1}, 2, 1).value());
    assertEquals(0, evaluate(new double[] {1, 0}, 2, 1).value());
  }

  @Test
  void aClassThatIsNoneIsRefusedEvenBehindTheEnd() {
    LossException e = assertThrows(LossException.class, () -> evaluate(new double[] {-1, 2}, 2, 1));
    assertEquals("/y_true/0/1", e.violations().get(0).pointer());
  }

  private static LossResult evaluate(double[] targets, double... scores) {
    LossInputs inputs =
        LossInputs.of(Tensor.of(targets, 1, targets.length), Tensor.of(scores, 1, scores.length));
    return LOSS.evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE);
  }
}
