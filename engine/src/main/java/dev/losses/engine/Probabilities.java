package dev.losses.engine;

import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Puts probabilities that rounding has moved out of [0, 1] back, as kernels do, for authors who compute on arrays. */
final class Probabilities {
  private Probabilities() {}

  /** The same tensors, checked already, with what is outside [0, 1] moved to its ends. */
  static List<Tensor> clipped(List<Input> inputs, List<Tensor> tensors) {
    List<Tensor> clipped = new ArrayList<>(tensors);
    for (int i = 0; i < clipped.size(); i++) {
      Domain domain = inputs.get(i).domain();
      if (domain == Domain.PROBABILITY || domain == Domain.ONE_HOT) {
        clipped.set(i, clipped(inputs.get(i), clipped.get(i)));
      }
    }
    return clipped;
  }

  private static Tensor clipped(Input input, Tensor tensor) {
    Tensor result = tensor;
    for (int i = 0; i < tensor.size(); i++) {
      double value = tensor.get(i);
      double limited = Math.max(0, Math.min(1, value));
      if (limited != value && !Double.isNaN(value) && !input.excepted().contains(value)) {
        // The caller's own array is left alone.
        result = result == tensor ? copy(tensor) : result;
        result.set(i, limited);
      }
    }
    return result;
  }

  private static Tensor copy(Tensor tensor) {
    Tensor copy = Tensor.zeros(tensor.dtype(), tensor.shape());
    for (int i = 0; i < tensor.size(); i++) {
      copy.set(i, tensor.get(i));
    }
    return copy;
  }
}
