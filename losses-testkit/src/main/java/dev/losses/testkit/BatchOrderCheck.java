package dev.losses.testkit;

import dev.losses.engine.LossResult;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A row has the loss it has wherever it stands in the batch. Rows may still look at each other. */
final class BatchOrderCheck {
  private static final double TOLERANCE = 1e-9;
  private static final int[][] ORDERS = {{3, 2, 1, 0}, {1, 2, 3, 0}, {2, 0, 3, 1}};

  private BatchOrderCheck() {}

  static void check(Subject subject) {
    Map<String, Tensor> inputs = subject.draw(2);
    LossResult result = subject.unreduced(inputs);
    for (int[] order : ORDERS) {
      LossResult permuted = subject.unreduced(reordered(subject, inputs, order));
      Tensor losses = result.losses();
      Tensor expected = losses.rank() == 0 ? losses : Tensors.rows(losses, order);
      compare(subject, "losses", inputs, order, expected, permuted.losses());
      reordered(subject, result.gradients(), order)
          .forEach((name, gradient) -> compare(
              subject, "gradient of " + name, inputs, order, gradient, permuted.gradient(name)));
    }
  }

  /** The rows in another order; an axis that stands for the batch too, as in a matrix of pairs, in the same. */
  private static Map<String, Tensor> reordered(
      Subject subject, Map<String, Tensor> tensors, int[] order) {
    Map<String, Tensor> reordered = new LinkedHashMap<>(Tensors.rows(tensors, order));
    for (Input input : subject.inputs()) {
      for (int i = 0; i < input.exampleAxes().size(); i++) {
        int axis = i + 1;
        if (input.exampleAxes().get(i) == Input.BATCH) {
          reordered.computeIfPresent(
              input.name(), (name, tensor) -> Tensors.reordered(tensor, axis, order));
        }
      }
    }
    return reordered;
  }

  private static void compare(
      Subject subject,
      String what,
      Map<String, Tensor> inputs,
      int[] order,
      Tensor expected,
      Tensor actual) {
    if (!Tensors.near(expected, actual, TOLERANCE)) {
      throw subject
          .failure("its " + what + " depends on the order of the batch; "
              + "the rows below were given in the order " + Arrays.toString(order))
          .on(inputs)
          .expected(expected)
          .got(actual)
          .advice(
              "Compute each row from what it holds, not from its index, its neighbours or the first row.");
    }
  }
}
