package dev.losses.engine;

import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a mask leaves out from an author's code, which may refuse it although it does not count. */
final class LeftOut {
  private LeftOut() {}

  /**
   * The tensors with harmless numbers wherever the mask leaves a position out. A mask that does not align with all of them
   * changes nothing; it does not align with the losses either, which is found when they are there.
   */
  static List<Tensor> cleared(List<Input> inputs, List<Tensor> tensors, Mask mask) {
    int axes = mask.shape().length;
    while (axes > 1 && mask.shape()[axes - 1] == 1) {
      axes--;
    }
    List<Tensor> cleared = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      if (!startsWith(tensors.get(i), mask.shape(), axes)) {
        return tensors;
      }
      cleared.add(cleared(inputs.get(i).domain(), tensors.get(i), mask.values()));
    }
    return cleared;
  }

  private static boolean startsWith(Tensor tensor, int[] shape, int axes) {
    boolean equal = axes > 0 && tensor.rank() >= axes;
    for (int axis = 0; equal && axis < axes; axis++) {
      equal = tensor.axis(axis) == shape[axis];
    }
    return equal;
  }

  private static Tensor cleared(Domain domain, Tensor tensor, boolean[] present) {
    Tensor cleared = Tensor.zeros(tensor.dtype(), tensor.shape());
    int length = tensor.size() / present.length;
    for (int i = 0; i < tensor.size(); i++) {
      cleared.set(i, present[i / length] ? tensor.get(i) : harmless(domain));
    }
    return cleared;
  }

  private static double harmless(Domain domain) {
    return switch (domain) {
      // A hinge label of 0 would have a say in how the others are read.
      case POSITIVE, SIGN, HINGE_LABEL -> 1;
      case REAL, LOGIT, PROBABILITY, ONE_HOT, CLASS_INDEX, DISTANCE, EMBEDDING -> 0;
    };
  }
}
