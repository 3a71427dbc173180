package dev.losses.server.json;

import dev.losses.spi.Tensor;

/** Rounds what was read to float32. */
final class Float32 {
  private Float32() {}

  /** The rounded tensor; a number that float32 cannot hold is noted. */
  static Tensor convert(String pointer, Tensor tensor, Violations violations) {
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
