package dev.losses.server.exchange;

import dev.losses.server.codec.Allowance;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;

/** Brings what was read to the dtype in which the loss is computed. */
final class Conversion {
  private Conversion() {}

  /** The tensor in that dtype; a number that it cannot hold is noted, and the tensor left as it is. */
  static Tensor convert(
      String pointer, Tensor tensor, DType dtype, Violations violations, Allowance allowance) {
    if (tensor.dtype() == dtype) {
      return tensor;
    }
    return dtype == DType.FLOAT64
        ? widened(tensor, allowance)
        : rounded(pointer, tensor, violations, allowance);
  }

  private static Tensor widened(Tensor tensor, Allowance allowance) {
    float[] floats = tensor.floats();
    double[] doubles = allowance.doubles(floats.length);
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return Tensor.of(doubles, tensor.shape());
  }

  private static Tensor rounded(
      String pointer, Tensor tensor, Violations violations, Allowance allowance) {
    double[] doubles = tensor.doubles();
    float[] floats = allowance.floats(doubles.length);
    for (int i = 0; i < doubles.length; i++) {
      floats[i] = (float) doubles[i];
      if (Float.isInfinite(floats[i]) && !Double.isInfinite(doubles[i])) {
        String position = Pointers.toElement(pointer, i, tensor.shape());
        violations.add(position, doubles[i] + " is beyond the range of float32");
        return tensor;
      }
    }
    return Tensor.of(floats, tensor.shape());
  }
}
