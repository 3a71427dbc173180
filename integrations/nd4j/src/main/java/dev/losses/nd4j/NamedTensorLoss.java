package dev.losses.nd4j;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.InvalidInputException;
import dev.losses.spi.Losses;
import dev.losses.spi.Tensor;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss written on {@code INDArray}, of whatever inputs it declares; {@link TensorLoss} where those are labels and
 * predictions.
 *
 * <p>Arrays made in a call, the arguments and answers among them, live in native memory that is given back when the call
 * ends: keep none of them. An array that is to last is made where no workspace is open ({@code
 * Nd4j.getMemoryManager().scopeOutOfWorkspaces()}). Implementations must not modify the arguments and must be safe for use
 * by many threads at once.
 *
 * <p>Where an upstream factor is 0 its loss must contribute 0, but on arrays NaN times 0 is NaN. A loss each row of which
 * depends on that row of the inputs alone says so ({@link #rowsAreIndependent}): then rows that are masked out come as
 * zeros, and the gradient of a row whose factors are 0 is set to 0 for it.
 *
 * <p>ND4J's native library is loaded at the first call. Where it cannot be, calls fail with an {@link
 * IllegalStateException} that says so.
 */
public interface NamedTensorLoss extends ArrayLoss {

  /**
   * The unreduced losses.
   *
   * @param inputs the declared inputs by name, all {@code FLOAT} or all {@code DOUBLE}; a batch of scalars comes as a
   *     column of shape {@code [batch, 1]}, so that what looks along rows has rows
   * @return in the type of the inputs, of shape {@code [batch, ...]}; or a scalar, for one loss of the whole batch
   * @throws InvalidInputException when the caller's inputs are wrong in a way that {@link #inputs()} does not declare
   */
  INDArray tensorLoss(Map<String, INDArray> inputs);

  /**
   * The vector-Jacobian product: for every differentiable input the derivative of {@code sum(upstream * losses)}.
   *
   * @param inputs the declared inputs by name
   * @param upstream one factor for every unreduced loss, in their shape; where it is 0 that loss must contribute 0
   * @return a gradient for every differentiable input, in its array's shape and type
   */
  Map<String, INDArray> tensorGradient(Map<String, INDArray> inputs, INDArray upstream);

  @Override
  default Losses loss(Map<String, Tensor> inputs) {
    return NativeScope.within(
        () -> Losses.of(Nd4jTensors.tensor(tensorLoss(Columns.arrays(inputs)))));
  }

  @Override
  default Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
    return NativeScope.within(() -> {
      Map<String, INDArray> arrays =
          tensorGradient(Columns.arrays(inputs), Nd4jTensors.array(upstream));
      Map<String, Tensor> gradients = Columns.gradients(arrays, inputs);
      if (rowsAreIndependent()) {
        gradients.values().forEach(gradient -> ZeroRows.clear(gradient, upstream));
      }
      return gradients;
    });
  }
}
