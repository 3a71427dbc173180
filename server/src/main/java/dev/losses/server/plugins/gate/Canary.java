package dev.losses.server.plugins.gate;

import dev.losses.api.ExampleInputs;
import dev.losses.api.GradientCheck;
import dev.losses.api.Loss;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossException;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tries every loss of a plugin, with its defaults, on the inputs it declares, before it serves anyone. */
final class Canary {
  private static final int ROWS = 4;
  private static final int COLUMNS = 3;
  private static final long SEED = 1;

  private final LossDefinition definition;
  private final Loss loss;

  private Canary(LossDefinition definition) {
    this.definition = definition;
    this.loss = definition.bind(Map.of(), evaluation -> {});
  }

  static LoadedPlugin check(LoadedPlugin plugin) throws Stage.Refusal {
    Thread.currentThread().setContextClassLoader(plugin.code());
    for (LossDefinition definition : plugin.definitions()) {
      try {
        new Canary(definition).check();
      } catch (LossException e) {
        throw refusal(definition, String.valueOf(e.getMessage()));
      }
    }
    return plugin;
  }

  private void check() throws Stage.Refusal {
    Map<String, Tensor> inputs = inputs(SEED);
    LossResult once = evaluate(inputs);
    mustBeUnchanged(inputs);
    mustBeFinite("value", once.losses());
    for (Tensor gradient : once.gradients().values()) {
      mustBeFinite("gradient", gradient);
    }
    if (!same(once, evaluate(inputs))) {
      throw refusal(definition, "it gives two answers for the same inputs");
    }
    List<String> disagreements = GradientCheck.disagreements(loss, inputs);
    if (!disagreements.isEmpty()) {
      throw refusal(definition, "its gradient is wrong: " + disagreements.get(0));
    }
    mustTakeFloats(inputs);
    mustServeTwoAtOnce(inputs, once);
  }

  private void mustTakeFloats(Map<String, Tensor> inputs) throws Stage.Refusal {
    Map<String, Tensor> floats = new LinkedHashMap<>();
    inputs.forEach((name, tensor) -> {
      Tensor single = Tensor.of(new float[tensor.size()], tensor.shape());
      IntStream.range(0, tensor.size()).forEach(i -> single.set(i, tensor.get(i)));
      floats.put(name, single);
    });
    mustBeFinite("value in float32", evaluate(floats).losses());
  }

  private void mustBeUnchanged(Map<String, Tensor> inputs) throws Stage.Refusal {
    for (Map.Entry<String, Tensor> before : inputs(SEED).entrySet()) {
      Tensor now = inputs.get(before.getKey());
      if (now == null || !same(before.getValue(), now)) {
        throw refusal(
            definition, "it writes to its input " + before.getKey() + "; write to a copy instead");
      }
    }
  }

  private void mustBeFinite(String what, Tensor tensor) throws Stage.Refusal {
    if (!IntStream.range(0, tensor.size()).allMatch(i -> Double.isFinite(tensor.get(i)))) {
      throw refusal(definition, "its " + what + " is not finite on ordinary inputs");
    }
  }

  /** Other inputs at the same time, so that what is kept in fields gets in the way. */
  private void mustServeTwoAtOnce(Map<String, Tensor> inputs, LossResult expected)
      throws Stage.Refusal {
    Map<String, Tensor> others = inputs(SEED + 1);
    boolean right = TwoAtOnce.agree(sameAs(inputs, expected), sameAs(others, evaluate(others)));
    if (!right) {
      throw refusal(
          definition,
          "it gives other answers when two threads call it at once; keep nothing in fields");
    }
  }

  private TwoAtOnce.Check sameAs(Map<String, Tensor> inputs, LossResult expected) {
    return () -> same(evaluate(inputs), expected);
  }

  private Map<String, Tensor> inputs(long seed) {
    return ExampleInputs.of(definition.inputs(), ROWS, COLUMNS, seed);
  }

  private LossResult evaluate(Map<String, Tensor> inputs) {
    return loss.evaluate(LossInputs.named(inputs), Reduction.NONE, Gradients.COMPUTE);
  }

  private static boolean same(LossResult one, LossResult other) {
    return same(one.losses(), other.losses())
        && one.gradients().keySet().equals(other.gradients().keySet())
        && one.gradients().entrySet().stream()
            .allMatch(gradient -> same(gradient.getValue(), other.gradient(gradient.getKey())));
  }

  private static boolean same(Tensor one, Tensor other) {
    return one.size() == other.size()
        && IntStream.range(0, one.size())
            .allMatch(i -> Double.compare(one.get(i), other.get(i)) == 0);
  }

  private static Stage.Refusal refusal(LossDefinition definition, String reason) {
    return new Stage.Refusal("The loss " + definition.name() + ": " + reason);
  }
}
