package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.DType;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.MultiFormLoss;
import dev.losses.spi.NamedInputsLoss;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A loss may be one formula or another, by the shapes and the dtype of its inputs. */
class MultiFormLossTest {
  private record Scaled(double factor) implements FormulaLoss {
    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.minus(yTrue).times(factor);
    }
  }

  private static final class ByLength implements MultiFormLoss {
    @Override
    public NamedInputsLoss form(DType dtype, Map<String, int[]> shapes) {
      int[] shape = shapes.getOrDefault("y_pred", new int[] {0});
      return new Scaled(dtype == DType.FLOAT32 ? -1 : shape[0]);
    }

    @Override
    public NamedInputsLoss usualForm() {
      return new Scaled(1);
    }
  }

  private final Evaluator evaluator = Evaluator.of(new ByLength());

  @Test
  void theFormFollowsTheShapes() {
    for (int length = 1; length < 40; length++) {
      double[] ones = new double[length];
      Arrays.fill(ones, 1);
      LossResult result = evaluator.evaluate(
          LossInputs.of(new double[length], ones), Reduction.MEAN, Gradients.NONE);
      assertEquals(length, result.value());
    }
  }

  @Test
  void theFormFollowsTheDtype() {
    LossInputs inputs = LossInputs.of(new float[] {0}, new float[] {1});
    assertEquals(-1, evaluator.evaluate(inputs, Reduction.MEAN, Gradients.NONE).value());
  }

  @Test
  void aMissingInputIsTheCallersMistake() {
    InvalidInputsException refusal = assertThrows(
        InvalidInputsException.class,
        () -> evaluator.evaluate(LossInputs.named(Map.of()), Reduction.MEAN, Gradients.NONE));
    assertEquals(2, refusal.violations().size());
  }

  @Test
  void anAuthorWhoseFormFailsIsNamedAsTheCause() {
    MultiFormLoss broken = new MultiFormLoss() {
      @Override
      public NamedInputsLoss form(DType dtype, Map<String, int[]> shapes) {
        throw new IllegalStateException("no form");
      }

      @Override
      public NamedInputsLoss usualForm() {
        return new Scaled(1);
      }
    };
    LossFunctionException failure = assertThrows(
        LossFunctionException.class,
        () -> Evaluator.of(broken)
            .evaluate(
                LossInputs.of(new double[] {0}, new double[] {1}), Reduction.MEAN, Gradients.NONE));
    assertTrue(failure.getMessage().contains("no form"), failure.getMessage());
  }
}
