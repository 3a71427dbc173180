package dev.losses.engine;

import dev.losses.spi.DType;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where gradients go: new tensors, or the caller's. */
final class Targets {
  private Targets() {}

  /**
   * A tensor for each differentiable input, by name; empty when no gradient is wanted.
   *
   * @throws InvalidInputsException when a target of the caller's does not fit
   */
  static Map<String, Tensor> of(Gradients wanted, List<Input> inputs, List<Tensor> tensors) {
    if (!wanted.wanted()) {
      return Map.of();
    }
    Map<String, Tensor> targets = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).differentiable()) {
        Tensor input = tensors.get(i);
        targets.put(
            inputs.get(i).name(),
            wanted
                .target(inputs.get(i).name())
                .orElseGet(() -> Tensor.zeros(input.dtype(), input.shape())));
      }
    }
    if (!wanted.targets().isEmpty()) {
      check(wanted, inputs, tensors, targets.keySet());
    }
    return targets;
  }

  private static void check(
      Gradients wanted, List<Input> inputs, List<Tensor> tensors, Set<String> differentiable) {
    List<Violation> violations = new ArrayList<>();
    Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    tensors.forEach(tensor -> arrays.add(array(tensor)));
    wanted.targets().forEach((name, target) -> {
      int index = inputs.stream().map(Input::name).toList().indexOf(name);
      if (index < 0 || !inputs.get(index).differentiable()) {
        violations.add(new Violation(
            "/" + name,
            "there is no gradient with respect to '" + name + "', only to " + differentiable));
      } else if (target.dtype() != tensors.get(index).dtype()
          || !Arrays.equals(target.shape(), tensors.get(index).shape())) {
        violations.add(new Violation(
            "/" + name,
            "the gradient's target is " + target + " but the input is " + tensors.get(index)));
      } else if (!arrays.add(array(target))) {
        violations.add(new Violation(
            "/" + name,
            "the gradient's target is the array of an input or of another gradient; "
                + "give it its own"));
      }
    });
    if (!violations.isEmpty()) {
      throw new InvalidInputsException(violations);
    }
  }

  static Object array(Tensor tensor) {
    return switch (tensor.dtype()) {
      case FLOAT32 -> tensor.floats();
      case FLOAT64 -> tensor.doubles();
    };
  }

  static void clear(Tensor tensor) {
    if (tensor.dtype() == DType.FLOAT32) {
      Arrays.fill(tensor.floats(), 0);
    } else {
      Arrays.fill(tensor.doubles(), 0);
    }
  }
}
