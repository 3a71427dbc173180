package dev.losses.server.exchange;

import dev.losses.engine.Mask;
import dev.losses.server.codec.Allowance;
import dev.losses.spi.Tensor;
import org.jspecify.annotations.Nullable;

/** Masks that came as numbers. */
public final class Masks {
  private Masks() {}

  /** A mask of 0s and 1s; null, and a violation with its position, where something else is among them. */
  public static @Nullable Mask of(
      String pointer, Tensor tensor, Violations violations, Allowance allowance) {
    allowance.take(tensor.size());
    boolean[] values = new boolean[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      double value = tensor.get(i);
      if (value != 0 && value != 1) {
        violations.add(
            Pointers.toElement(pointer, i, tensor.shape()), "expected 0 or 1, found " + value);
        return null;
      }
      values[i] = value == 1;
    }
    return new Mask(values, tensor.shape());
  }
}
