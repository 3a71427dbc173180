package dev.losses.spi;

import java.util.Arrays;

/**
 * A shape and a flat array of numbers in row-major order. A carrier, not a maths library.
 *
 * <p>The array is borrowed, not copied: whoever shares it between threads must not write to it meanwhile.
 */
public final class Tensor {
  private final int[] shape;
  private final Object values;

  private Tensor(int[] shape, Object values, int length) {
    int size = sizeOf(shape);
    if (size != length) {
      throw new IllegalArgumentException("Shape " + Arrays.toString(shape) + " holds " + size
          + " values, the array has " + length);
    }
    this.shape = shape;
    this.values = values;
  }

  /**
   * A float32 tensor over the given array.
   *
   * @throws IllegalArgumentException when the shape does not hold exactly that many values
   */
  public static Tensor of(float[] values, int... shape) {
    return new Tensor(shape.clone(), values, values.length);
  }

  /**
   * A float64 tensor over the given array.
   *
   * @throws IllegalArgumentException when the shape does not hold exactly that many values
   */
  public static Tensor of(double[] values, int... shape) {
    return new Tensor(shape.clone(), values, values.length);
  }

  /**
   * How many values a shape holds; 1 for the empty shape.
   *
   * @throws IllegalArgumentException when an axis is negative, or they are more than an array can hold
   */
  public static int sizeOf(int... shape) {
    long size = 1;
    for (int axis : shape) {
      size *= axis;
      if (axis < 0 || size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("Shape " + Arrays.toString(shape)
            + (axis < 0 ? " has a negative axis" : " holds more values than an array can"));
      }
    }
    return (int) size;
  }

  /** A tensor of zeros. */
  public static Tensor zeros(DType dtype, int... shape) {
    int size = sizeOf(shape);
    return dtype == DType.FLOAT32 ? of(new float[size], shape) : of(new double[size], shape);
  }

  /** The dtype, which tells which of {@link #floats()} and {@link #doubles()} answers. */
  public DType dtype() {
    return values instanceof float[] ? DType.FLOAT32 : DType.FLOAT64;
  }

  /** A copy of the shape; empty for a single number. */
  public int[] shape() {
    return shape.clone();
  }

  /** The number of axes. */
  public int rank() {
    return shape.length;
  }

  /** The size of one axis. */
  public int axis(int index) {
    return shape[index];
  }

  /** The number of values. */
  public int size() {
    return values instanceof float[] floats ? floats.length : doubles().length;
  }

  /** The value at a flat position. */
  public double get(int position) {
    return values instanceof float[] floats ? floats[position] : doubles()[position];
  }

  /** Writes the value at a flat position, rounded to the dtype. */
  public void set(int position, double value) {
    if (values instanceof float[] floats) {
      floats[position] = (float) value;
    } else {
      doubles()[position] = value;
    }
  }

  /**
   * The array itself, not a copy.
   *
   * @throws IllegalStateException when the dtype is not float32
   */
  public float[] floats() {
    if (values instanceof float[] floats) {
      return floats;
    }
    throw new IllegalStateException("The tensor is float64, not float32");
  }

  /**
   * The array itself, not a copy.
   *
   * @throws IllegalStateException when the dtype is not float64
   */
  public double[] doubles() {
    if (values instanceof double[] doubles) {
      return doubles;
    }
    throw new IllegalStateException("The tensor is float32, not float64");
  }

  @Override
  public String toString() {
    return dtype().wireName() + Arrays.toString(shape);
  }
}
