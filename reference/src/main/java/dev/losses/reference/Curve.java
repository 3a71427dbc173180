package dev.losses.reference;

import dev.losses.api.ExampleRequest;
import dev.losses.api.Loss;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossException;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A loss and its gradient along the first element of one input, everything else as in the loss's example.
 *
 * @param input the input whose first element changes
 * @param inputs all inputs, before the change
 * @param scope how much of the example that is
 * @param points from left to right
 */
record Curve(Input input, Map<String, Tensor> inputs, Scope scope, List<Point> points) {
  private static final int POINTS = 161;

  /**
   * A point of the curve.
   *
   * @param x the value of the element
   * @param loss the loss there; NaN where there is none
   * @param gradient its derivative
   */
  record Point(double x, double loss, double gradient) {}

  /** How much of the example is looked at: as little as the loss allows. */
  enum Scope {
    /** The first element alone. */
    ELEMENT,
    /** The first row. */
    ROW,
    /** All of it, for losses that compare rows. */
    BATCH
  }

  /** The curve, if the loss has a gradient and is not the same everywhere. */
  static Optional<Curve> of(LossDefinition definition) {
    Loss loss = definition.bind(Map.of(), evaluation -> {});
    Map<String, Tensor> example = ExampleRequest.inputs(definition);
    return definition.inputs().stream()
        .filter(Input::differentiable)
        .min(Comparator.comparing(input -> !input.name().equals("y_pred")))
        .flatMap(input -> Stream.of(Scope.values())
            .map(scope -> along(loss, input, part(example, scope), scope))
            .filter(Curve::moves)
            .findFirst());
  }

  private static Map<String, Tensor> part(Map<String, Tensor> example, Scope scope) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    example.forEach((name, tensor) -> part.put(
        name,
        switch (scope) {
          case ELEMENT -> Tensor.of(new double[] {tensor.get(0)}, 1);
          case ROW -> firstRow(tensor);
          case BATCH -> tensor;
        }));
    return part;
  }

  private static Tensor firstRow(Tensor tensor) {
    int[] shape = tensor.shape();
    shape[0] = 1;
    return Tensor.of(Arrays.copyOf(tensor.doubles(), Tensor.sizeOf(shape)), shape);
  }

  private static Curve along(Loss loss, Input input, Map<String, Tensor> inputs, Scope scope) {
    double from = least(input.domain());
    double to = greatest(input.domain());
    List<Point> points = IntStream.range(0, POINTS)
        .mapToObj(i -> point(loss, input, inputs, from + (to - from) * i / (POINTS - 1)))
        .toList();
    return new Curve(input, inputs, scope, points);
  }

  private static Point point(Loss loss, Input input, Map<String, Tensor> inputs, double x) {
    try {
      LossResult result = loss.evaluate(
          LossInputs.named(with(inputs, input.name(), x)), Reduction.MEAN, Gradients.COMPUTE);
      return new Point(x, result.value(), result.gradient(input.name()).get(0));
    } catch (LossException e) {
      // Outside the domain, or less input than the loss needs.
      return new Point(x, Double.NaN, Double.NaN);
    }
  }

  private static Map<String, Tensor> with(
      Map<String, Tensor> inputs, String name, double firstElement) {
    Map<String, Tensor> changed = new LinkedHashMap<>(inputs);
    changed.computeIfPresent(name, (key, tensor) -> {
      double[] values = tensor.doubles().clone();
      values[0] = firstElement;
      return Tensor.of(values, tensor.shape());
    });
    return changed;
  }

  private boolean moves() {
    return points.stream()
            .map(Point::loss)
            .filter(Double::isFinite)
            .distinct()
            .limit(2)
            .count()
        > 1;
  }

  private static double least(Domain domain) {
    return switch (domain) {
      case LOGIT -> -6;
      case PROBABILITY, ONE_HOT, DISTANCE, POSITIVE -> 0;
      default -> -4;
    };
  }

  private static double greatest(Domain domain) {
    return switch (domain) {
      case LOGIT -> 6;
      case PROBABILITY, ONE_HOT -> 1;
      case DISTANCE, POSITIVE -> 3;
      default -> 4;
    };
  }
}
