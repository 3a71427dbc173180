package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossFunction;
import dev.losses.spi.Losses;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientCheckTest {

  /** Its author forgot the factor 2. */
  public record WrongSquare() implements ArrayLoss {
    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      double[] losses = errors(inputs);
      for (int i = 0; i < losses.length; i++) {
        losses[i] *= losses[i];
      }
      return Losses.of(Tensor.of(losses, losses.length));
    }

    @Override
    public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
      double[] gradient = errors(inputs);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= upstream.get(i);
      }
      return Map.of("y_pred", Tensor.of(gradient, gradient.length));
    }

    private static double[] errors(Map<String, Tensor> inputs) {
      double[] errors = inputs.get("y_pred").doubles().clone();
      for (int i = 0; i < errors.length; i++) {
        errors[i] -= inputs.get("y_true").get(i);
      }
      return errors;
    }
  }

  /** The gradient of a detached factor differs from the slope on purpose. */
  public record Detached() implements FormulaLoss {
    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.detached().times(yPred).plus(yTrue);
    }
  }

  @Test
  void aWrongGradientIsToldWithItsPositionAndBothNumbers() {
    List<String> disagreements = check(new WrongSquare(), 0, 0.5, 0.25);
    assertEquals(2, disagreements.size());
    assertTrue(
        disagreements
                .get(0)
                .startsWith(
                    "y_pred[0]: the gradient is 0.5, finite differences of the loss give 1.0")
            || disagreements
                .get(0)
                .startsWith(
                    "y_pred[0]: the gradient is 0.5, finite differences of the loss give 0.99"),
        disagreements.get(0));
  }

  @Test
  void aDetachedFactorIsMeantToDiffer() {
    assertEquals(List.of(), check(new Detached(), 0, 1.5));
  }

  @Test
  void aKinkIsNobodysFault() {
    Loss loss = LossCatalog.load().loss("mae");
    Tensor same = Tensor.of(new double[] {1, 2}, 2);
    assertEquals(
        List.of(), GradientCheck.disagreements(loss, Map.of("y_true", same, "y_pred", same)));
  }

  @Test
  void theEdgeOfADomainIsNobodysFault() {
    Loss loss = LossCatalog.load().loss("bce");
    Tensor yTrue = Tensor.of(new double[] {1, 0}, 2);
    Tensor yPred = Tensor.of(new double[] {0, 1}, 2);
    assertEquals(
        List.of(), GradientCheck.disagreements(loss, Map.of("y_true", yTrue, "y_pred", yPred)));
  }

  @Test
  void float32InputsAreTakenAsFloat64() {
    Loss loss = LossCatalog.load().loss("mse");
    Tensor yTrue = Tensor.of(new float[] {1, 0}, 2);
    Tensor yPred = Tensor.of(new float[] {0.5f, 3}, 2);
    assertEquals(
        List.of(), GradientCheck.disagreements(loss, Map.of("y_true", yTrue, "y_pred", yPred)));
  }

  private static List<String> check(LossFunction function, double yTrue, double... yPred) {
    Loss loss = LossDefinition.of(function, new LossSource("test", "0", "sha256:0"))
        .bind(Map.of(), evaluation -> {});
    double[] targets = new double[yPred.length];
    Arrays.fill(targets, yTrue);
    return GradientCheck.disagreements(
        loss,
        Map.of(
            "y_true",
            Tensor.of(targets, targets.length),
            "y_pred",
            Tensor.of(yPred, yPred.length)));
  }
}
