package dev.losses.builtin.internal;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;

/** Tensors of either dtype as doubles: array losses compute in double and round once, at the end. */
public final class Doubles {
  private Doubles() {}

  /** The values; they may be the tensor's own array, so they must not be written to. */
  public static double[] of(Tensor tensor) {
    if (tensor.dtype() == DType.FLOAT64) {
      return tensor.doubles();
    }
    float[] floats = tensor.floats();
    double[] doubles = new double[floats.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  /** A tensor of a dtype, with the array itself where that is float64. */
  public static Tensor tensor(DType dtype, double[] values, int... shape) {
    if (dtype == DType.FLOAT64) {
      return Tensor.of(values, shape);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats, shape);
  }

  /** A value as a dtype has it. */
  public static double rounded(double value, DType dtype) {
    return dtype == DType.FLOAT32 ? (float) value : value;
  }
}
