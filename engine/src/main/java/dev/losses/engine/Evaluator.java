package dev.losses.engine;

import dev.losses.engine.internal.compiler.KernelLibrary;
import dev.losses.engine.internal.kernel.Workers;
import dev.losses.spi.ArrayLoss;
import dev.losses.spi.LossFunction;
import dev.losses.spi.MultiFormLoss;
import dev.losses.spi.NamedInputsLoss;

/** Evaluates a bound loss: its shapes, weights, masks and reductions are the same for every loss. Thread-safe. */
public abstract sealed class Evaluator
    permits FormulaEvaluator, MultiFormEvaluator, ArrayEvaluator {

  /**
   * Prepares a loss for evaluation.
   *
   * @throws LossFunctionException when its formula is ill-formed, or its code throws
   */
  public static Evaluator of(LossFunction function) {
    return AuthorCode.call(() -> {
      if (function instanceof NamedInputsLoss formula) {
        return new FormulaEvaluator(formula, KernelLibrary.shared(), Workers.shared());
      }
      return function instanceof MultiFormLoss several
          ? new MultiFormEvaluator(several, KernelLibrary.shared(), Workers.shared())
          : new ArrayEvaluator((ArrayLoss) function);
    });
  }

  /**
   * Evaluates the loss.
   *
   * @throws InvalidInputsException when the inputs break a rule; caller's gradient targets may be overwritten by then
   * @throws LossFunctionException when the loss itself fails
   */
  public abstract LossResult evaluate(LossInputs inputs, Reduction reduction, Gradients gradients);

  /** How the loss was computed last. */
  public abstract Computation computation();
}
