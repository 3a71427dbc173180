package dev.losses.nd4j;

import dev.losses.spi.Description;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The example of the documentation. */
@Description("The squared distance of labels and predictions.")
public record SquaredDistance() implements TensorLoss {
  @Override
  public boolean rowsAreIndependent() {
    return true;
  }

  @Override
  public INDArray loss(INDArray yTrue, INDArray yPred) {
    INDArray error = yPred.sub(yTrue);
    return error.mul(error).sum(1);
  }

  @Override
  public INDArray gradient(INDArray yTrue, INDArray yPred, INDArray upstream) {
    return yPred.sub(yTrue).mul(2).mulColumnVector(upstream);
  }
}
