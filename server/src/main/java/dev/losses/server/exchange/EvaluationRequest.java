package dev.losses.server.exchange;

import dev.losses.engine.LossInputs;
import dev.losses.engine.Mask;
import dev.losses.engine.Reduction;
import dev.losses.engine.Violation;
import dev.losses.spi.DType;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was read.
 *
 * @param fields the names of all fields that were given, in order
 * @param inputs the inputs that could be read
 * @param sampleWeight the weights, or null
 * @param mask the mask, or null
 * @param parameters of the one loss asked for
 * @param losses the several losses asked for
 * @param version the version of the loss asked for, or null
 * @param reduction how to reduce
 * @param gradient whether gradients are wanted
 * @param violations everything that is wrong with the fields
 */
public record EvaluationRequest(
    Set<String> fields,
    Map<String, Tensor> inputs,
    @Nullable Tensor sampleWeight,
    @Nullable Mask mask,
    Map<String, @Nullable Object> parameters,
    List<LossCall> losses,
    @Nullable String version,
    Reduction reduction,
    boolean gradient,
    List<Violation> violations) {

  /** So many things wrong are told at most; what comes after is not even read. */
  public static final int MOST_VIOLATIONS = 100;

  /** A violation for each of these inputs that was not given. */
  public List<Violation> missing(List<Input> declared) {
    List<Violation> missing = new ArrayList<>();
    for (Input input : declared) {
      if (!fields.contains(input.name())) {
        String all = declared.stream().map(Input::name).collect(Collectors.joining(", "));
        missing.add(new Violation("/" + input.name(), "missing; the loss takes " + all));
      }
    }
    return missing;
  }

  /** The memory that the arrays of the answer take at most. */
  public long answerBytes() {
    long all = 0;
    long largest = 0;
    for (Tensor tensor : inputs.values()) {
      long bytes =
          (long) tensor.size() * (tensor.dtype() == DType.FLOAT32 ? Float.BYTES : Double.BYTES);
      all += bytes;
      largest = Math.max(largest, bytes);
    }
    long each = (gradient ? all : 0) + (reduction == Reduction.NONE ? largest : 0);
    return each * Math.max(1, losses.size());
  }

  /** What to evaluate a loss with these inputs on. */
  public LossInputs inputsFor(List<Input> declared) {
    Map<String, Tensor> taken = new LinkedHashMap<>();
    for (Input input : declared) {
      Tensor tensor = inputs.get(input.name());
      if (tensor != null) {
        taken.put(input.name(), tensor);
      }
    }
    LossInputs result = LossInputs.named(taken);
    result = sampleWeight == null ? result : result.withSampleWeight(sampleWeight);
    return mask == null ? result : result.withMask(mask);
  }
}
