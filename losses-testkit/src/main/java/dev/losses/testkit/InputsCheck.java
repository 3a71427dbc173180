package dev.losses.testkit;

import dev.losses.api.LossException;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Map;

/** The arrays are the caller's: a loss reads them only. */
final class InputsCheck {
  private InputsCheck() {}

  static void check(Subject subject) {
    for (DType dtype : DType.values()) {
      Map<String, Tensor> before = Tensors.as(subject.draw(1), dtype);
      Map<String, Tensor> given = Tensors.copy(before);
      try {
        subject.loss().evaluate(LossInputs.named(given), Reduction.MEAN, Gradients.COMPUTE);
      } catch (LossException e) {
        throw subject
            .failure("it cannot be evaluated in " + dtype.wireName())
            .on(before)
            .got(String.valueOf(e.getMessage()))
            .advice(
                "Answer in the dtype of the inputs: Tensor.zeros(input.dtype(), shape) has it.");
      }
      before.forEach((name, tensor) -> {
        Tensor after = given.getOrDefault(name, tensor);
        if (!Tensors.sameBits(tensor, after)) {
          throw subject
              .failure("it modifies its input " + name)
              .expected(tensor)
              .got(after)
              .advice(
                  "Write to an array of your own: Tensor.floats() and doubles() give the caller's, not a copy.");
        }
      });
    }
  }
}
