package dev.losses.testkit;

import dev.losses.engine.LossResult;
import dev.losses.spi.Tensor;
import java.util.Map;

/** Ordinary inputs of the declared domains have a finite value and gradient. */
final class FiniteCheck {
  private static final int DRAWS = 10;

  private FiniteCheck() {}

  static void check(Subject subject) {
    for (int seed = 1; seed <= DRAWS; seed++) {
      Map<String, Tensor> inputs = subject.drawAny(seed);
      LossResult result = subject.unreduced(inputs);
      check(subject, "losses", inputs, result.losses(), seed);
      for (Map.Entry<String, Tensor> gradient : result.gradients().entrySet()) {
        check(subject, "gradient of " + gradient.getKey(), inputs, gradient.getValue(), seed);
      }
    }
  }

  private static void check(
      Subject subject, String what, Map<String, Tensor> inputs, Tensor values, int seed) {
    if (!Tensors.isFinite(values)) {
      throw subject
          .failure("its " + what + " is not finite")
          .on(inputs)
          .expected("finite numbers")
          .got(values)
          .advice(advice(subject, seed));
    }
  }

  private static String advice(Subject subject, int seed) {
    Map<String, Tensor> nonNegative = subject.drawNonNegative(seed);
    return Tensors.isFinite(subject.unreduced(nonNegative).losses())
        ? "Without negative numbers it is finite. Declare the domain of such an input in inputs(): "
            + "Domain.POSITIVE, DISTANCE or PROBABILITY."
        : "Keep away from log of 0, division by 0 and exp of large numbers: clip, add a small constant, or use "
            + "softplus, logSoftmax, log1p, which never overflow.";
  }
}
