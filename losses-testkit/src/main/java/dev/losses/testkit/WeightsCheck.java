package dev.losses.testkit;

import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.ArrayLoss;
import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.Map;
import java.util.TreeMap;

/** Sample weights and masks are the engine's: they act on the finished losses, and a loss must let them. */
final class WeightsCheck {
  private static final double TOLERANCE = 1e-9;
  private static final double[] WEIGHTS = {0.5, 0, 2, 3};

  private final Subject subject;
  private final Map<String, Tensor> inputs;
  private final Tensor losses;

  private WeightsCheck(Subject subject) {
    this.subject = subject;
    this.inputs = subject.draw(3);
    this.losses = subject.unreduced(inputs).losses();
  }

  static void check(Subject subject) {
    for (Input input : subject.inputs()) {
      if (input.name().equals("sample_weight") || input.name().equals("mask")) {
        throw subject
            .failure("it takes " + input.name() + " as an input")
            .advice("The loss multiplies by " + input.name()
                + " itself: the engine does that, for every loss alike. Remove the input.");
      }
    }
    WeightsCheck check = new WeightsCheck(subject);
    check.oneWeightForAllScales();
    check.nothingLeftIsZero();
    if (check.losses.rank() > 0) {
      check.weightsAreADotProduct();
      if (check.rowsAreIndependent()) {
        check.whatIsLeftOutPoisonsNothing();
      } else if (subject.function() instanceof ArrayLoss loss && loss.rowsAreIndependent()) {
        throw subject
            .failure(
                "it says that its rows are independent, but a row's loss changes with another row")
            .on(check.inputs)
            .advice(
                "Let rowsAreIndependent() answer false, or compute each loss from its own row.");
      }
    }
  }

  private void oneWeightForAllScales() {
    LossResult plain = subject.evaluate(inputs, Reduction.SUM, given -> given);
    LossResult twice = subject.evaluate(inputs, Reduction.SUM, given -> given.withSampleWeight(2));
    compare("the loss with weight 2", 2 * plain.value(), twice.value());
    plain
        .gradients()
        .forEach((name, gradient) -> compare(
            "the gradient of " + name + " with weight 2",
            Tensors.map(gradient, value -> 2 * value),
            twice.gradient(name)));
  }

  private void nothingLeftIsZero() {
    for (Reduction reduction :
        new Reduction[] {Reduction.MEAN, Reduction.MEAN_WITH_SAMPLE_WEIGHT, Reduction.SUM}) {
      isZero(
          "all weights 0", subject.evaluate(inputs, reduction, given -> given.withSampleWeight(0)));
      if (losses.rank() > 0) {
        boolean[] nothing = new boolean[losses.axis(0)];
        isZero(
            "everything masked out",
            subject.evaluate(inputs, reduction, given -> given.withMask(nothing)));
      }
    }
  }

  private void isZero(String when, LossResult result) {
    compare("the loss with " + when, 0, result.value());
    result
        .gradients()
        .forEach((name, gradient) -> compare(
            "the gradient of " + name + " with " + when,
            Tensors.map(gradient, value -> 0),
            gradient));
  }

  /** The weighted sum, and so its gradient, is the sum of what the rows give one by one. */
  private void weightsAreADotProduct() {
    LossResult weighted =
        subject.evaluate(inputs, Reduction.SUM, given -> given.withSampleWeight(WEIGHTS));
    int length = Tensors.rowLength(losses);
    double dotProduct = 0;
    for (int i = 0; i < losses.size(); i++) {
      dotProduct += WEIGHTS[i / length] == 0 ? 0 : WEIGHTS[i / length] * losses.get(i);
    }
    compare("the sum with sample_weight [0.5, 0, 2, 3]", dotProduct, weighted.value());
    Map<String, Tensor> gradients = new TreeMap<>();
    for (int row = 0; row < WEIGHTS.length; row++) {
      double[] alone = new double[WEIGHTS.length];
      alone[row] = 1;
      double weight = WEIGHTS[row];
      subject
          .evaluate(inputs, Reduction.SUM, given -> given.withSampleWeight(alone))
          .gradients()
          .forEach((name, gradient) -> gradients.merge(
              name,
              Tensors.map(gradient, value -> weight == 0 ? 0 : weight * value),
              Tensors::sum));
    }
    gradients.forEach((name, gradient) -> compare(
        "the gradient of " + name + " with sample_weight [0.5, 0, 2, 3]",
        gradient,
        weighted.gradient(name)));
  }

  /** Whether no row's loss or gradient changes with another row. */
  private boolean rowsAreIndependent() {
    LossResult before = subject.unreduced(inputs);
    Map<String, Tensor> others = subject.draw(4);
    for (int changed = 0; changed < Subject.ROWS; changed++) {
      int row = changed;
      Map<String, Tensor> mixed = Tensors.copy(inputs);
      mixed.replaceAll(
          (name, tensor) -> Tensors.withRow(tensor, row, others.getOrDefault(name, tensor)));
      LossResult after = subject.unreduced(mixed);
      boolean same = sameButFor(row, before.losses(), after.losses());
      for (Map.Entry<String, Tensor> gradient : before.gradients().entrySet()) {
        same &= sameButFor(row, gradient.getValue(), after.gradient(gradient.getKey()));
      }
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameButFor(int row, Tensor before, Tensor after) {
    return Tensors.near(before, Tensors.withRow(after, row, before), TOLERANCE);
  }

  private void whatIsLeftOutPoisonsNothing() {
    for (int each = 0; each < Subject.ROWS; each++) {
      int row = each;
      boolean[] mask = new boolean[Subject.ROWS];
      double[] weights = new double[Subject.ROWS];
      for (int i = 0; i < Subject.ROWS; i++) {
        mask[i] = i != row;
        weights[i] = mask[i] ? 1 : 0;
      }
      Map<String, Tensor> poisoned = poisoned(row);
      LossResult clean =
          subject.evaluate(inputs, Reduction.SUM, given -> given.withSampleWeight(weights));
      isClean(
          "masked out",
          row,
          clean,
          subject.evaluate(poisoned, Reduction.SUM, given -> given.withMask(mask)));
      isClean(
          "of weight 0",
          row,
          clean,
          subject.evaluate(poisoned, Reduction.SUM, given -> given.withSampleWeight(weights)));
    }
  }

  private Map<String, Tensor> poisoned(int row) {
    Map<String, Tensor> poisoned = Tensors.copy(inputs);
    for (Input input : subject.inputs()) {
      if (input.domain() != Domain.CLASS_INDEX) {
        poisoned.computeIfPresent(
            input.name(),
            (name, tensor) ->
                Tensors.withRow(tensor, row, Tensors.map(tensor, value -> Double.NaN)));
      }
    }
    return poisoned;
  }

  private void isClean(String how, int row, LossResult expected, LossResult actual) {
    String what = " when row " + row + " holds NaN and is " + how;
    compare("the sum" + what, expected.value(), actual.value());
    expected
        .gradients()
        .forEach((name, gradient) ->
            compare("the gradient of " + name + what, gradient, actual.gradient(name)));
  }

  private void compare(String what, double expected, double actual) {
    compare(what, Tensor.of(new double[] {expected}, 1), Tensor.of(new double[] {actual}, 1));
  }

  private void compare(String what, Tensor expected, Tensor actual) {
    if (!Tensors.near(expected, actual, TOLERANCE)) {
      throw subject
          .failure(what + " is not what the unweighted losses say")
          .on(inputs)
          .expected(expected)
          .got(actual)
          .advice(
              "The engine weighs and masks. In ArrayLoss.gradient multiply each loss's own derivative by its "
                  + "upstream factor once, and where that factor is 0 write 0 without computing: 0 times NaN is NaN.");
    }
  }
}
