package dev.losses.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.GradientCheck;
import dev.losses.api.Loss;
import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.LossName;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TensorLossTest {
  private static final Tensor ONE = Tensor.of(new double[] {0, 0, 1, 1}, 2, 2);
  private static final Tensor OTHER = Tensor.of(new double[] {3, 4, 1, 3}, 2, 2);

  @Test
  void valueAndGradientComeFromTheArrays() {
    LossResult result = Loss.of(new Distance(1e-9))
        .evaluate(LossInputs.of(ONE, OTHER), Reduction.SUM, Gradients.COMPUTE);
    assertEquals(7, result.value(), 1e-8);
    assertArrayEquals(new double[] {0.6, 0.8, 0, 1}, result.gradient("y_pred").doubles(), 1e-8);
  }

  @Test
  void otherInputsAreHandedOverByName() {
    Loss loss = Loss.of(new Triplet());
    Tensor positive = Tensor.of(new double[] {0, 1, 1, 2}, 2, 2);
    Map<String, Tensor> inputs = Map.of("anchor", ONE, "positive", positive, "negative", OTHER);
    assertEquals((1 - 25 + 1 - 4) / 2.0, loss.evaluate(LossInputs.named(inputs)).value(), 1e-12);
    assertEquals(List.of(), GradientCheck.disagreements(loss, inputs));
  }

  @Test
  void aBatchOfScalarsComesAsAColumn() {
    LossInputs scalars = LossInputs.of(new double[] {0, 1}, new double[] {3, -1});
    LossResult result =
        Loss.of(new Distance(1e-9)).evaluate(scalars, Reduction.NONE, Gradients.COMPUTE);
    assertArrayEquals(new double[] {3, 2}, result.losses().doubles(), 1e-8);
    assertArrayEquals(new int[] {2}, result.gradient("y_pred").shape());
    assertArrayEquals(new double[] {1, -1}, result.gradient("y_pred").doubles(), 1e-8);
  }

  @Test
  void anAnswerOfTheWrongShapeIsTheLosssFault() {
    LossException failure = assertThrows(
        LossException.class,
        () -> Loss.of(new WrongShape())
            .evaluate(LossInputs.of(ONE, OTHER), Reduction.MEAN, Gradients.COMPUTE));
    assertEquals(LossErrorCode.LOSS_FAILURE, failure.code());
    assertTrue(failure.getMessage().contains("has shape [2]"), failure.getMessage());
  }

  @Test
  void anAuthorsExceptionLeavesNoScopeOpen() {
    assertThrows(
        LossException.class, () -> Loss.of(new Failing()).evaluate(LossInputs.of(ONE, OTHER)));
    assertTrue(!Nd4j.getWorkspaceManager().anyWorkspaceActiveForCurrentThread());
  }

  @Test
  void aRowOfWeightZeroContributesNothingEvenWhereItIsNan() {
    LossInputs inputs = LossInputs.of(ONE, Tensor.of(new double[] {Double.NaN, 4, 1, 3}, 2, 2))
        .withSampleWeight(new double[] {0, 1});
    LossResult result =
        Loss.of(new Distance(1e-9)).evaluate(inputs, Reduction.SUM, Gradients.COMPUTE);
    assertEquals(2, result.value(), 1e-8);
    assertArrayEquals(new double[] {0, 0, 0, 1}, result.gradient("y_pred").doubles(), 1e-8);
  }

  /** Squared distances: that to the positive less that to the negative. */
  @LossName("plain_triplet")
  public record Triplet() implements NamedTensorLoss {
    @Override
    public List<Input> inputs() {
      return List.of(
          Input.of("anchor", Domain.REAL),
          Input.of("positive", Domain.REAL),
          Input.of("negative", Domain.REAL));
    }

    @Override
    public INDArray tensorLoss(Map<String, INDArray> inputs) {
      INDArray near = inputs.get("anchor").sub(inputs.get("positive"));
      INDArray far = inputs.get("anchor").sub(inputs.get("negative"));
      return near.mul(near).sum(1).sub(far.mul(far).sum(1));
    }

    @Override
    public Map<String, INDArray> tensorGradient(Map<String, INDArray> inputs, INDArray upstream) {
      INDArray near = inputs.get("anchor").sub(inputs.get("positive")).mulColumnVector(upstream);
      INDArray far = inputs.get("anchor").sub(inputs.get("negative")).mulColumnVector(upstream);
      return Map.of(
          "anchor", near.sub(far).mul(2), "positive", near.mul(-2), "negative", far.mul(2));
    }
  }

  /** A gradient of the losses' shape. */
  @LossName("wrong_shape")
  public record WrongShape() implements TensorLoss {
    @Override
    public INDArray loss(INDArray yTrue, INDArray yPred) {
      return yPred.sub(yTrue).norm2(1);
    }

    @Override
    public INDArray gradient(INDArray yTrue, INDArray yPred, INDArray upstream) {
      return upstream;
    }
  }

  /** Arrays that do not fit each other. */
  @LossName("failing")
  public record Failing() implements TensorLoss {
    @Override
    public INDArray loss(INDArray yTrue, INDArray yPred) {
      return yPred.add(Nd4j.zeros(3, 3));
    }

    @Override
    public INDArray gradient(INDArray yTrue, INDArray yPred, INDArray upstream) {
      return yPred;
    }
  }
}
