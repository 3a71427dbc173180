package dev.losses.builtin.segmentation;

import dev.losses.spi.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which loss each element of a tensor belongs to, when some of its axes are summed over. */
final class Regions {
  private final int[] shape;
  private final boolean[] summed;
  private final int[] kept;

  private Regions(int[] shape, boolean[] summed, int[] kept) {
    this.shape = shape;
    this.summed = summed;
    this.kept = kept;
  }

  /**
   * The regions of a shape.
   *
   * @param axes the axes that are summed over; null for all
   * @throws InvalidInputException when they are not axes of the shape, or the batch is among some of them
   */
  static Regions of(int[] shape, @Nullable List<Integer> axes) {
    boolean[] summed = new boolean[shape.length];
    if (axes == null) {
      Arrays.fill(summed, true);
      return new Regions(shape, summed, new int[0]);
    }
    for (int axis : axes) {
      int index = axis < 0 ? axis + shape.length : axis;
      if (index < 0 || index >= shape.length) {
        throw refusal(shape, axes, "there is no axis " + axis);
      }
      if (summed[index]) {
        throw refusal(shape, axes, "axis " + axis + " is named twice");
      }
      summed[index] = true;
    }
    if (summed[0] && axes.size() < shape.length) {
      throw refusal(shape, axes, "the batch, axis 0, may only be summed over with all the others");
    }
    int[] kept = new int[shape.length - axes.size()];
    int next = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      if (!summed[axis]) {
        kept[next++] = shape[axis];
      }
    }
    return new Regions(shape, summed, kept);
  }

  private static InvalidInputException refusal(int[] shape, List<Integer> axes, String reason) {
    return new InvalidInputException(
        "axis",
        "axis is " + axes + " but y_pred has shape " + Arrays.toString(shape) + ": " + reason);
  }

  /** The shape of the losses: the axes that are left. */
  int[] lossShape() {
    return kept;
  }

  /** For each element the position of its loss. */
  int[] positions() {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    int[] positions = new int[size];
    int[] index = new int[shape.length];
    for (int element = 0; element < size; element++) {
      int position = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        position = summed[axis] ? position : position * shape[axis] + index[axis];
      }
      positions[element] = position;
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return positions;
  }
}
