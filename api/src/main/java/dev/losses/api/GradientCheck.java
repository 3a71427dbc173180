package dev.losses.api;

import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the gradients of a loss with finite differences of its value, in float64.
 *
 * <p>Only what is certainly wrong is reported: an element is passed over where the loss has a kink, where a step leaves
 * the input's domain, and where the differences themselves are too inexact to judge by. A formula that detaches a part of
 * itself has another gradient than its slope on purpose: of it nothing is reported.
 */
public final class GradientCheck {
  private static final double[] STEPS = {1e-3, 1e-4, 1e-5, 1e-6};
  private static final double ABSOLUTE_TOLERANCE = 1e-6;
  private static final double RELATIVE_TOLERANCE = 1e-4;

  private final Loss loss;
  private final Map<String, Tensor> inputs;
  private final double value;

  private GradientCheck(Loss loss, Map<String, Tensor> inputs, double value) {
    this.loss = loss;
    this.inputs = inputs;
    this.value = value;
  }

  /**
   * Checks the gradient of the sum of the losses with respect to every differentiable input, element by element.
   *
   * @param inputs by name; float32 ones are taken as float64. Small ones: each element costs eight evaluations
   * @return a sentence for each element in disagreement; empty when all is well
   * @throws LossException when the loss cannot be evaluated on these inputs
   */
  public static List<String> disagreements(Loss loss, Map<String, Tensor> inputs) {
    // On other copies than the differences, lest a loss that writes to its inputs be blamed for its
    // gradient.
    LossResult result =
        loss.evaluate(LossInputs.named(copies(inputs)), Reduction.SUM, Gradients.COMPUTE);
    if (!Double.isFinite(result.value()) || loss.detaches()) {
      return List.of();
    }
    GradientCheck check = new GradientCheck(loss, copies(inputs), result.value());
    List<String> disagreements = new ArrayList<>();
    result.gradients().forEach((name, gradient) -> check.compare(name, gradient, disagreements));
    return List.copyOf(disagreements);
  }

  private void compare(String name, Tensor gradient, List<String> disagreements) {
    Tensor input = inputs.get(name);
    if (input == null) {
      disagreements.add(name + ": there is a gradient for what is not an input");
      return;
    }
    for (int position = 0; position < input.size(); position++) {
      double derivative = gradient.get(position);
      Slope slope = slope(input.doubles(), position);
      if (slope.disagreesWith(derivative)) {
        disagreements.add(name + index(position, input.shape()) + ": the gradient is " + derivative
            + ", finite differences of the loss give " + slope.central());
      }
    }
  }

  /** The slope at the step whose estimate changes least from the step before. */
  private Slope slope(double[] values, int position) {
    Slope best = Slope.UNKNOWN;
    Slope before = Slope.UNKNOWN;
    for (double step : STEPS) {
      Slope slope = slope(values, position, step * Math.max(1, Math.abs(values[position])), before);
      if (slope.error() < best.error()) {
        best = slope;
      }
      before = slope;
    }
    return best;
  }

  private Slope slope(double[] values, int position, double step, Slope before) {
    double at = values[position];
    try {
      values[position] = at + step;
      double above = evaluate();
      values[position] = at - step;
      double below = evaluate();
      double central = (above - below) / (2 * step);
      double error = Math.abs(central - before.central()) + rounding(step);
      return new Slope((above - value) / step, (value - below) / step, central, error);
    } catch (LossException e) {
      // The step left the domain.
      return Slope.UNKNOWN;
    } finally {
      values[position] = at;
    }
  }

  private double evaluate() {
    return loss.evaluate(LossInputs.named(inputs), Reduction.SUM).value();
  }

  private double rounding(double step) {
    return 4 * Math.ulp(Math.max(1, Math.abs(value))) / step;
  }

  private static Map<String, Tensor> copies(Map<String, Tensor> inputs) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> copies.put(name, copy(tensor)));
    return Collections.unmodifiableMap(copies);
  }

  private static Tensor copy(Tensor tensor) {
    double[] values = new double[tensor.size()];
    for (int position = 0; position < values.length; position++) {
      values[position] = tensor.get(position);
    }
    return Tensor.of(values, tensor.shape());
  }

  private static String index(int position, int[] shape) {
    StringBuilder index = new StringBuilder();
    int rest = position;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index.insert(0, "[" + rest % shape[axis] + "]");
      rest /= shape[axis];
    }
    return index.toString();
  }

  /**
   * The slope of the loss along one element.
   *
   * @param forward by a step up
   * @param backward by a step down
   * @param central by both
   * @param error how far {@code central} may be off; NaN or infinite where it says nothing
   */
  private record Slope(double forward, double backward, double central, double error) {
    static final Slope UNKNOWN =
        new Slope(Double.NaN, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY);

    boolean disagreesWith(double derivative) {
      double size = Math.max(Math.abs(forward), Math.abs(backward));
      boolean inexact = !(error <= 1e-3 * Math.max(1, size));
      boolean kink = Math.abs(forward - backward) > 1e-3 * size + 10 * error;
      double tolerance = ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * size + 10 * error;
      return !inexact && !kink && !(Math.abs(derivative - central) <= tolerance);
    }
  }
}
