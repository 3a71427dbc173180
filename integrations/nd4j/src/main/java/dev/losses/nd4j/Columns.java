package dev.losses.nd4j;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A batch of scalars as arrays with one column: code on arrays looks along axis 1, which scalars do not have. */
final class Columns {
  private Columns() {}

  /** The tensors as arrays; as columns, where none of them has more than one axis. */
  static Map<String, INDArray> arrays(Map<String, Tensor> tensors) {
    boolean scalars = tensors.values().stream().allMatch(tensor -> tensor.rank() == 1);
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    tensors.forEach((name, tensor) ->
        arrays.put(name, Nd4jTensors.array(scalars ? shaped(tensor, tensor.size(), 1) : tensor)));
    return arrays;
  }

  /** The gradients as tensors, without the column that their input does not have. */
  static Map<String, Tensor> gradients(Map<String, INDArray> arrays, Map<String, Tensor> inputs) {
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    arrays.forEach((name, array) -> {
      Tensor gradient = Nd4jTensors.tensor(array);
      gradients.put(name, withoutColumn(gradient, inputs.get(name)));
    });
    return gradients;
  }

  private static Tensor withoutColumn(Tensor gradient, @Nullable Tensor input) {
    if (input == null || input.rank() != 1) {
      return gradient;
    }
    boolean isColumn = Arrays.equals(gradient.shape(), new int[] {input.size(), 1});
    return isColumn ? shaped(gradient, input.size()) : gradient;
  }

  /** The same numbers in another shape. */
  static Tensor shaped(Tensor tensor, int... shape) {
    return tensor.dtype() == DType.FLOAT32
        ? Tensor.of(tensor.floats(), shape)
        : Tensor.of(tensor.doubles(), shape);
  }
}
