package dev.losses.testkit;

import dev.losses.engine.LossResult;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Map;

/** Both dtypes compute the same loss of the same numbers. */
final class Float32Check {
  private static final int DRAWS = 3;
  private static final double TOLERANCE = 2e-4;

  private Float32Check() {}

  static void check(Subject subject) {
    for (int seed = 1; seed <= DRAWS; seed++) {
      Map<String, Tensor> narrow = Tensors.as(subject.draw(seed), DType.FLOAT32);
      LossResult expected = subject.unreduced(Tensors.as(narrow, DType.FLOAT64));
      LossResult actual = subject.unreduced(narrow);
      compare(subject, "losses", narrow, expected.losses(), actual.losses());
      expected
          .gradients()
          .forEach((name, gradient) ->
              compare(subject, "gradient of " + name, narrow, gradient, actual.gradient(name)));
    }
  }

  private static void compare(
      Subject subject, String what, Map<String, Tensor> inputs, Tensor wide, Tensor narrow) {
    if (!Tensors.near(wide, narrow, TOLERANCE)) {
      throw subject
          .failure("its " + what + " in float32 differs from float64 by more than rounding")
          .on(inputs)
          .expected(wide)
          .got(narrow)
          .advice("Sum in double, and do not subtract large numbers that nearly cancel: "
              + "float32 has seven digits. Constants below 1e-7 vanish beside 1.");
    }
  }
}
