package dev.losses.nd4j;

import dev.losses.spi.InvalidInputException;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss of labels and predictions written on {@code INDArray}. Register it as any loss, in {@code
 * META-INF/services/dev.losses.spi.LossFunction}.
 *
 * <pre>{@code
 * public record SquaredDistance() implements TensorLoss {
 *   public boolean rowsAreIndependent() {
 *     return true;
 *   }
 *   public INDArray loss(INDArray yTrue, INDArray yPred) {
 *     INDArray error = yPred.sub(yTrue);
 *     return error.mul(error).sum(1);
 *   }
 *   public INDArray gradient(INDArray yTrue, INDArray yPred, INDArray upstream) {
 *     return yPred.sub(yTrue).mul(2).mulColumnVector(upstream);
 *   }
 * }
 * }</pre>
 *
 * <p>What {@link NamedTensorLoss} says of memory and threads holds here, too.
 */
public interface TensorLoss extends NamedTensorLoss {

  /**
   * The unreduced losses.
   *
   * @param yTrue labels, {@code FLOAT} or {@code DOUBLE}
   * @param yPred predictions, of the same type
   * @return in that type, of shape {@code [batch, ...]}; or a scalar, for one loss of the whole batch
   * @throws InvalidInputException when the caller's inputs are wrong in a way that {@link #inputs()} does not declare
   */
  INDArray loss(INDArray yTrue, INDArray yPred);

  /**
   * The derivative of {@code sum(upstream * losses)} with respect to the predictions.
   *
   * @param upstream one factor for every unreduced loss, in their shape; where it is 0 that loss must contribute 0
   * @return in the shape and type of {@code yPred}
   */
  INDArray gradient(INDArray yTrue, INDArray yPred, INDArray upstream);

  @Override
  default INDArray tensorLoss(Map<String, INDArray> inputs) {
    return loss(NativeScope.input(inputs, "y_true"), NativeScope.input(inputs, "y_pred"));
  }

  @Override
  default Map<String, INDArray> tensorGradient(Map<String, INDArray> inputs, INDArray upstream) {
    return Map.of(
        "y_pred",
        gradient(
            NativeScope.input(inputs, "y_true"), NativeScope.input(inputs, "y_pred"), upstream));
  }
}
