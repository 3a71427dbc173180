package dev.losses.nd4j;

import dev.losses.spi.Description;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The Euclidean distance of labels and predictions, written on arrays: sqrt(sum((y_true - y_pred)^2) + epsilon). */
@LossName("distance")
@Description("The Euclidean distance of labels and predictions.")
public record Distance(
    @Positive @Description("Added under the root, so that it has a slope at 0.")
    double epsilon) implements TensorLoss {

  public Distance() {
    this(1e-3);
  }

  @Override
  public boolean rowsAreIndependent() {
    return true;
  }

  @Override
  public INDArray loss(INDArray yTrue, INDArray yPred) {
    return distance(yPred.sub(yTrue));
  }

  @Override
  public INDArray gradient(INDArray yTrue, INDArray yPred, INDArray upstream) {
    INDArray error = yPred.sub(yTrue);
    return error.mulColumnVector(upstream.div(distance(error)));
  }

  private INDArray distance(INDArray error) {
    INDArray squares = error.mul(error).sum(1).addi(epsilon);
    return Transforms.sqrt(squares, false);
  }
}
