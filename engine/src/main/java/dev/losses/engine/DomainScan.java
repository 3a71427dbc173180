package dev.losses.engine;

import dev.losses.engine.internal.graph.DomainNodes;
import dev.losses.spi.DType;
import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the values that are outside their input's domain. Kernels only notice that there may be one. */
final class DomainScan {
  private static final int VIOLATIONS_SHOWN = 10;

  private DomainScan() {}

  /**
   * Checks inputs whose first axes are those of the losses.
   *
   * @param classes the number of classes, or 0 where every index that the dtype holds exactly will do
   * @throws InvalidInputsException naming the first values outside
   */
  static void check(
      List<Input> inputs, List<Tensor> tensors, int classes, int positions, Weighting weighting) {
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      if (isUnbounded(input.domain())) {
        continue;
      }
      Tensor tensor = tensors.get(i);
      int perPosition = Math.max(1, tensor.size() / positions);
      for (int j = 0; j < tensor.size() && violations.size() < VIOLATIONS_SHOWN; j++) {
        double value = tensor.get(j);
        double limit = classes == 0 ? exactIntegers(tensor.dtype()) : classes;
        if (outside(input, value, limit)
            && weighting.present(Math.min(j / perPosition, positions - 1))) {
          violations.add(new Violation(
              Positions.pointer(input.name(), tensor.shape(), j), message(input, value, limit)));
        }
      }
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputsException(violations);
    }
  }

  /** From here on neighbouring integers are one number: labels that differ would be taken for the same. */
  private static double exactIntegers(DType dtype) {
    return dtype == DType.FLOAT32 ? 0x1p24 : 0x1p53;
  }

  private static boolean isUnbounded(Domain domain) {
    return switch (domain) {
      case REAL, LOGIT, HINGE_LABEL, EMBEDDING -> true;
      case PROBABILITY, ONE_HOT, CLASS_INDEX, SIGN, DISTANCE, POSITIVE -> false;
    };
  }

  private static boolean outside(Input input, double x, double limit) {
    boolean outside = switch (input.domain()) {
      case REAL, LOGIT, HINGE_LABEL, EMBEDDING -> false;
      case PROBABILITY, ONE_HOT ->
        x < -DomainNodes.PROBABILITY_SLACK || x > 1 + DomainNodes.PROBABILITY_SLACK;
      case CLASS_INDEX -> !(x >= 0 && x == Math.rint(x) && x < limit);
      case SIGN -> x < -1 || x > 1 || (x > -1 && x < 1);
      case DISTANCE -> x < 0;
      case POSITIVE -> x <= 0;
    };
    return outside && input.excepted().stream().noneMatch(excepted -> excepted == x);
  }

  private static String message(Input input, double value, double limit) {
    String rule = switch (input.domain()) {
      case PROBABILITY, ONE_HOT -> "must be a probability in [0, 1]";
      case CLASS_INDEX -> "must be a class index: an integer from 0 to " + text(limit - 1);
      case SIGN -> "must be -1 or 1";
      case DISTANCE -> "must not be negative";
      case POSITIVE -> "must be greater than 0";
      case REAL, LOGIT, HINGE_LABEL, EMBEDDING -> "must be a number";
    };
    String hint = input.domain() == Domain.PROBABILITY && input.name().equals("y_pred")
        ? "; for raw scores use the loss's from_logits, where it has one"
        : "";
    String excepted = input.excepted().stream()
        .map(DomainScan::text)
        .map(each -> ", or " + each)
        .collect(Collectors.joining());
    return input.name() + " " + rule + excepted + ", got " + text(value) + hint;
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 0x1p53
        ? Long.toString((long) value)
        : "" + value;
  }
}
