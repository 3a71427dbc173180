package dev.losses.api;

import dev.losses.engine.LossInputs;
import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A request to the server that works as it stands. */
public final class ExampleRequest {
  private static final int BATCH = 2;
  private static final int COUPLED_BATCH = 4;
  private static final int FEATURES = 3;
  private static final long SEED = 1;

  private ExampleRequest() {}

  /** The body of a request for a loss, with gradient. Its inputs are those of {@link #inputs}. */
  public static Map<String, Object> of(LossDefinition definition) {
    Map<String, Object> body = new LinkedHashMap<>();
    inputs(definition)
        .forEach((name, tensor) -> body.put(name, nested(tensor, 0, 0, tensor.size())));
    Map<String, @Nullable Object> parameters = defaults(definition);
    if (!parameters.isEmpty()) {
      body.put("parameters", parameters);
    }
    body.put("reduction", "mean");
    body.put("gradient", true);
    return body;
  }

  /**
   * The inputs of the request. A loss that is not finite for every real number, one with a logarithm perhaps, is shown
   * with positive ones.
   */
  public static Map<String, Tensor> inputs(LossDefinition definition) {
    // Rows that are compared with one another need two classes of two.
    int batch =
        definition.inputs().stream().anyMatch(ExampleRequest::isCoupled) ? COUPLED_BATCH : BATCH;
    Map<String, Tensor> inputs = ExampleInputs.of(definition.inputs(), batch, FEATURES, SEED);
    return isFinite(definition, inputs) ? inputs : positive(inputs);
  }

  private static boolean isFinite(LossDefinition definition, Map<String, Tensor> inputs) {
    try {
      Loss loss = definition.bind(Map.of(), evaluation -> {});
      return Double.isFinite(loss.evaluate(LossInputs.named(inputs)).value());
    } catch (LossException e) {
      // The request then shows what the loss declares, and its answer says what is wrong.
      return true;
    }
  }

  private static Map<String, Tensor> positive(Map<String, Tensor> inputs) {
    Map<String, Tensor> positive = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> positive.put(
        name,
        Tensor.of(
            IntStream.range(0, tensor.size())
                .mapToDouble(i -> Math.abs(tensor.get(i)))
                .toArray(),
            tensor.shape())));
    return positive;
  }

  private static boolean isCoupled(Input input) {
    return input.domain() == Domain.EMBEDDING || input.exampleAxes().contains(Input.BATCH);
  }

  private static Map<String, @Nullable Object> defaults(LossDefinition definition) {
    Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
    for (Parameter parameter : definition.parameters().parameters()) {
      if (parameter.defaultValue() != null) {
        defaults.put(parameter.name(), parameter.defaultValue());
      }
    }
    return defaults;
  }

  private static Object nested(Tensor tensor, int axis, int from, int to) {
    if (axis == tensor.rank()) {
      return number(tensor.get(from));
    }
    List<Object> list = new ArrayList<>();
    int step = (to - from) / tensor.axis(axis);
    for (int i = from; i < to; i += step) {
      list.add(nested(tensor, axis + 1, i, i + step));
    }
    return list;
  }

  /** Labels look like labels: 2, not 2.0. */
  private static Number number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e6;
    if (whole) {
      return (long) value;
    }
    return value;
  }
}
