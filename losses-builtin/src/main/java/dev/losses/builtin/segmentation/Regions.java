package dev.losses.builtin.segmentation;

import dev.losses.spi.InvalidInputException;
import dev.losses.spi.Tensor;
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

  /** How many elements that follow one another always belong to one loss: the last axes, if they are summed over. */
  int runLength() {
    int length = 1;
    for (int axis = shape.length - 1; axis >= 0 && summed[axis]; axis--) {
      length *= shape[axis];
    }
    return length;
  }

  /** For each run the position of its loss. */
  int[] positions() {
    int last = shape.length;
    while (last > 0 && summed[last - 1]) {
      last--;
    }
    int[] positions = new int[Tensor.sizeOf(Arrays.copyOf(shape, last))];
    int[] index = new int[last];
    for (int run = 0; run < positions.length; run++) {
      int position = 0;
      for (int axis = 0; axis < last; axis++) {
        position = summed[axis] ? position : position * shape[axis] + index[axis];
      }
      positions[run] = position;
      for (int axis = last - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return positions;
  }
}
