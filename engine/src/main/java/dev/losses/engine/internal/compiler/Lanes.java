package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.kernel.Sums;
import dev.losses.spi.DType;

/**
 * How vectors and lanes lie.
 *
 * @param dtype what a lane holds
 * @param vector how many lanes a vector register has
 * @param group how many lanes the fixed order of summation has: one or more registers
 */
record Lanes(DType dtype, int vector, int group) {
  static Lanes of(DType dtype, int bits) {
    return dtype == DType.FLOAT32
        ? new Lanes(dtype, bits / 32, Sums.FLOAT_LANES)
        : new Lanes(dtype, bits / 64, Sums.DOUBLE_LANES);
  }

  boolean float32() {
    return dtype == DType.FLOAT32;
  }
}
