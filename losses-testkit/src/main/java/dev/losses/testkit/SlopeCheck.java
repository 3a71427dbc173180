package dev.losses.testkit;

import dev.losses.api.GradientCheck;
import dev.losses.engine.Reduction;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;

/** The gradient is what finite differences of the value say, between and at the kinks. */
final class SlopeCheck {
  private static final int DRAWS = 3;

  private SlopeCheck() {}

  static void check(Subject subject) {
    for (int seed = 1; seed <= DRAWS; seed++) {
      Map<String, Tensor> inputs = subject.draw(seed);
      List<String> disagreements =
          GradientCheck.disagreements(subject.loss(), Tensors.copy(inputs));
      if (!disagreements.isEmpty()) {
        throw subject
            .failure("its gradient is wrong at " + disagreements.size() + " places")
            .on(inputs)
            .got(disagreements.get(0))
            .advice(
                "Derive ArrayLoss.gradient again: a factor, a sign, a mean that was taken for a sum? "
                    + "A formula is derived for you; please report it.");
      }
    }
    if (!subject.loss().detaches()) {
      Map<String, Tensor> kinks = Kinks.of(subject);
      subject
          .evaluate(kinks, Reduction.SUM, given -> given)
          .gradients()
          .forEach((name, gradient) -> atKinks(subject, kinks, name, gradient));
    }
  }

  private static void atKinks(
      Subject subject, Map<String, Tensor> inputs, String name, Tensor gradient) {
    OneSidedSlopes slopes = new OneSidedSlopes(subject.loss(), inputs, name);
    for (int position = 0; position < gradient.size(); position++) {
      double derivative = gradient.get(position);
      String expected = Double.isFinite(derivative)
          ? slopes.disagreement(position, derivative)
          : "a finite number, as the loss is finite";
      if (!expected.isEmpty()) {
        int length = Tensors.rowLength(gradient);
        throw subject
            .failure("its gradient of " + name + ", element " + position % length
                + " of the row below, is wrong at a kink of the loss")
            .on(Tensors.rows(inputs, position / length))
            .expected(expected)
            .got(derivative)
            .advice(
                "At a kink any slope between those to either side will do, 0 at the tip of abs for one, "
                    + "but never NaN: beware of 0 / 0 in the derivatives of abs, sqrt and norms. In a formula, "
                    + "use abs(), maximum(), clip() or where() for the kink itself.");
      }
    }
  }
}
