package dev.losses.api;

import dev.losses.engine.InvalidInputsException;
import dev.losses.engine.LossInputs;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether parameters are still what they are in the dtype of the inputs, in which formulas compute. */
final class Representable {
  private Representable() {}

  /** @throws InvalidInputsException naming a parameter that is 0 or infinite in float32 and was not */
  static void check(Map<String, @Nullable Object> parameters, LossInputs inputs) {
    if (!hasFloat32(inputs)) {
      return;
    }
    parameters.forEach((name, value) -> {
      if (value instanceof Number number) {
        check(name, number.doubleValue());
      } else if (value instanceof List<?> numbers) {
        numbers.forEach(each -> {
          if (each instanceof Number number) {
            check(name, number.doubleValue());
          }
        });
      }
    });
  }

  private static boolean hasFloat32(LossInputs inputs) {
    for (Tensor tensor : inputs.tensors().values()) {
      if (tensor.dtype() == DType.FLOAT32) {
        return true;
      }
    }
    return false;
  }

  private static void check(String name, double value) {
    float rounded = (float) value;
    if ((rounded == 0 && value != 0) || (Float.isInfinite(rounded) && !Double.isInfinite(value))) {
      throw new InvalidInputsException(
          "/parameters/" + name,
          "in float32, " + value + " is " + rounded + "; use float64 inputs");
    }
  }
}
