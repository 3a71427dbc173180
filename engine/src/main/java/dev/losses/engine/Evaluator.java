package dev.losses.engine;

import dev.losses.engine.internal.compiler.CompiledKernel;
import dev.losses.engine.internal.compiler.KernelLibrary;
import dev.losses.engine.internal.compiler.Simd;
import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.kernel.Interpreter;
import dev.losses.engine.internal.kernel.KernelSource;
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
    return with(function, KernelLibrary.shared());
  }

  /**
   * Prepares a loss for evaluation by the interpreter alone, the reference for what a kernel computes. For tests.
   *
   * @throws LossFunctionException when its formula is ill-formed, or its code throws
   */
  public static Evaluator interpreting(LossFunction function) {
    return with(
        function,
        (structure, request, rows) ->
            new Interpreter(LossGraph.of(structure, request), request.dtype()));
  }

  /**
   * Prepares a loss for evaluation by compiled kernels from the first call on: correct, but slow, since none is warm. For
   * tests. An {@link ArrayLoss} has no kernel and is computed by its author's code.
   *
   * @throws LossFunctionException when its formula is ill-formed, or its code throws
   * @throws IllegalStateException when this JVM has no SIMD; {@link EngineStatus} tells why
   */
  public static Evaluator compiling(LossFunction function) {
    if (!Simd.here().isThere()) {
      throw new IllegalStateException("Nothing can be compiled: " + Simd.here().reason());
    }
    return with(
        function,
        (structure, request, rows) ->
            new CompiledKernel(LossGraph.of(structure, request), request.dtype(), rows));
  }

  private static Evaluator with(LossFunction function, KernelSource kernels) {
    return AuthorCode.call(() -> {
      if (function instanceof NamedInputsLoss formula) {
        return new FormulaEvaluator(formula, kernels, Workers.shared());
      }
      return function instanceof MultiFormLoss several
          ? new MultiFormEvaluator(several, kernels, Workers.shared())
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

  /**
   * Begins the loss of data that comes batch by batch.
   *
   * @throws IllegalArgumentException unless {@link #rowsAreIndependent()}
   */
  public final Accumulation accumulate() {
    return new Accumulation(this);
  }

  /** Evaluates one of several batches; throws as {@link #evaluate} does. */
  abstract Batch batch(LossInputs inputs);

  /** Whether it computes these inputs as it would compute another number of such rows. */
  boolean hasOneForm(LossInputs inputs, long otherRows) {
    return true;
  }

  /** Whether the loss of a row is known to depend on that row alone, so that batches may come one by one. */
  public abstract boolean rowsAreIndependent();

  /** Whether the loss may need whole rows; else each element has a loss of its own. */
  public abstract boolean looksAlongRows();

  /** How the loss was computed last. */
  public abstract Computation computation();
}
