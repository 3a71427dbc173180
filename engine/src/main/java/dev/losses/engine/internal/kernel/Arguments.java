package dev.losses.engine.internal.kernel;

import java.lang.reflect.Array;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel computes on. Arrays are {@code float[]} or {@code double[]} after the dtype.
 *
 * @param inputs the inputs, in the order of the formula
 * @param gradients where the gradient of each input goes; null where it is not wanted
 * @param losses where the weighted unreduced losses go; null where they are not wanted
 * @param columns the size of the last axis
 * @param constants the formula's numbers
 * @param classValues the formula's constants along the last axis, each of length {@code columns} or 1
 * @param seed the adjoint of every position, where it does not vary
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Borrowed on purpose: nothing is copied on the way to a kernel.
public record Arguments(
    List<Object> inputs,
    List<@Nullable Object> gradients,
    @Nullable Object losses,
    int columns,
    double[] constants,
    List<double[]> classValues,
    double seed) {

  /** Those of no evaluation. */
  public static final Arguments NONE =
      new Arguments(List.of(), List.of(), null, 0, new double[0], List.of(), 0);

  /** How many rows there are. */
  public int rows() {
    int elements = 0;
    for (Object input : inputs) {
      elements = Math.max(elements, Array.getLength(input));
    }
    return elements / columns;
  }

  /** The same numbers without the caller's arrays. */
  public Arguments withoutArrays() {
    return new Arguments(List.of(), List.of(), null, columns, constants, classValues, seed);
  }
}
