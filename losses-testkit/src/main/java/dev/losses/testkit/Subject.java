package dev.losses.testkit;

import dev.losses.api.Loss;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossException;
import dev.losses.api.LossSource;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.Input;
import dev.losses.spi.LossFunction;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The loss under test with one setting of its parameters, and inputs to test it on. */
final class Subject {
  static final int ROWS = 4;

  private final LossFunction function;
  private final LossDefinition definition;
  private final Loss loss;
  private final Draws draws;

  /** @throws LossException when the loss cannot be offered */
  Subject(LossFunction function) {
    this.function = function;
    this.definition = LossDefinition.of(function, new LossSource("test", "0", "sha256:0"));
    // The values of this very record are the defaults of its definition.
    this.loss = definition.bind(Map.of(), evaluation -> {});
    this.draws = Draws.acceptedBy(loss);
  }

  LossFunction function() {
    return function;
  }

  LossDefinition definition() {
    return definition;
  }

  Loss loss() {
    return loss;
  }

  List<Input> inputs() {
    return loss.inputs();
  }

  boolean canBeEvaluated() {
    return draws.refusal() == null;
  }

  /** How many columns inputs have, where the loss leaves the choice. */
  int columns() {
    return draws.columns();
  }

  /** Inputs on which the value is finite, if there are any. */
  Map<String, Tensor> draw(long seed) {
    return draw(ROWS, columns(), seed);
  }

  /** Inputs of about that size. */
  Map<String, Tensor> draw(int rows, int columns, long seed) {
    return draws.finite(rows, columns, seed);
  }

  /** Inputs as the domains allow them. */
  Map<String, Tensor> drawAny(long seed) {
    return draws.any(ROWS, columns(), seed);
  }

  /** The same without negative numbers. */
  Map<String, Tensor> drawNonNegative(long seed) {
    return draws.nonNegative(ROWS, columns(), seed);
  }

  /** The unreduced losses and their gradients. */
  LossResult unreduced(Map<String, Tensor> inputs) {
    return evaluate(inputs, Reduction.NONE, given -> given);
  }

  /** An evaluation on copies, so that a loss that writes to its inputs spoils no other check. */
  LossResult evaluate(
      Map<String, Tensor> inputs, Reduction reduction, UnaryOperator<LossInputs> weighing) {
    LossInputs given = weighing.apply(LossInputs.named(Tensors.copy(inputs)));
    try {
      return loss.evaluate(given, reduction, Gradients.COMPUTE);
    } catch (LossException e) {
      throw failure("it cannot be evaluated")
          .on(inputs)
          .expected("a value and a gradient")
          .got(String.valueOf(e.getMessage()))
          .advice("Inputs like these are within the declared domains, so the loss must answer.");
    }
  }

  Failure failure(String what) {
    return new Failure(this + ": " + what);
  }

  @Override
  public String toString() {
    String parameters = loss.parameters().entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", "));
    return "The loss " + definition.name() + (parameters.isEmpty() ? "" : " with " + parameters);
  }
}
