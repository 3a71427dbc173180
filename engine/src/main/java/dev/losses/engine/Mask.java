package dev.losses.engine;

import dev.losses.spi.Tensor;
import java.util.Arrays;

/** Which positions take part: true stays, false is left out. The array is borrowed, not copied. */
public final class Mask {
  private final boolean[] values;
  private final int[] shape;

  /** @throws IllegalArgumentException when the shape does not hold exactly that many values */
  public Mask(boolean[] values, int... shape) {
    if (Tensor.sizeOf(shape) != values.length) {
      throw new IllegalArgumentException(
          "Shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
    }
    this.values = values;
    this.shape = shape.clone();
  }

  /** The array itself, not a copy. */
  public boolean[] values() {
    return values;
  }

  /** A copy of the shape. */
  public int[] shape() {
    return shape.clone();
  }
}
