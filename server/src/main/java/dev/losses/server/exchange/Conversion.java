package dev.losses.server.exchange;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;

/** Brings what was read to the dtype in which the loss is computed. */
final class Conversion {
  private Conversion() {}

  /** The tensor in that dtype; a number that it cannot hold is noted, and the tensor left as it is. */
  static Tensor convert(String pointer, Tensor tensor, DType dtype, Violations violations) {
    if (tensor.dtype() == dtype) {
      return tensor;
    }
    return dtype == DType.FLOAT64 ? widened(tensor) : rounded(pointer, tensor, violations);
  }

  private static Tensor widened(Tensor tensor) {
    float[] floats = tensor.floats();
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return Tensor.of(doubles, tensor.shape());
  }

  private static Tensor rounded(String pointer, Tensor tensor, Violations violations) {
    double[] doubles = tensor.doubles();
    float[] floats = new float[doubles.length];
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
