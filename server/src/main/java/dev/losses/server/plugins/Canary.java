package dev.losses.server.plugins;

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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tries every loss of a plugin, with its defaults, on the inputs it declares, before it serves anyone. */
final class Canary {
  private static final int ROWS = 4;
  private static final int COLUMNS = 3;
  private static final long SEED = 1;

  private Canary() {}

  static LoadedPlugin check(LoadedPlugin plugin) throws Stage.Refusal {
    Thread.currentThread().setContextClassLoader(plugin.code());
    for (LossDefinition definition : plugin.definitions()) {
      try {
        check(definition);
      } catch (LossException e) {
        throw refusal(definition, String.valueOf(e.getMessage()));
      }
    }
    return plugin;
  }

  private static void check(LossDefinition definition) throws Stage.Refusal {
    Loss loss = definition.bind(Map.of(), evaluation -> {});
    Map<String, Tensor> inputs = ExampleInputs.of(definition.inputs(), ROWS, COLUMNS, SEED);
    LossResult once = evaluate(loss, inputs);
    LossResult again = evaluate(loss, inputs);
    if (!isFinite(once.losses())) {
      throw refusal(definition, "its value is not finite on ordinary inputs");
    }
    if (!same(once.losses(), again.losses())) {
      throw refusal(definition, "it gives two values for the same inputs");
    }
    for (Map.Entry<String, Tensor> gradient : once.gradients().entrySet()) {
      if (!isFinite(gradient.getValue())) {
        throw refusal(definition, "its gradient is not finite on ordinary inputs");
      }
      if (!same(gradient.getValue(), again.gradient(gradient.getKey()))) {
        throw refusal(definition, "it gives two gradients for the same inputs");
      }
    }
    List<String> disagreements = GradientCheck.disagreements(loss, inputs);
    if (!disagreements.isEmpty()) {
      throw refusal(definition, "its gradient is wrong: " + disagreements.get(0));
    }
  }

  private static LossResult evaluate(Loss loss, Map<String, Tensor> inputs) {
    return loss.evaluate(LossInputs.named(inputs), Reduction.NONE, Gradients.COMPUTE);
  }

  private static boolean isFinite(Tensor tensor) {
    return IntStream.range(0, tensor.size()).allMatch(i -> Double.isFinite(tensor.get(i)));
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
