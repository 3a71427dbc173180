package dev.losses.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.losses.engine.internal.compiler.CompiledKernel;
import dev.losses.engine.internal.compiler.Simd;
import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.kernel.Workers;
import dev.losses.spi.NamedInputsLoss;

/** Evaluators that always take the one path or the other. */
final class Kernels {
  private Kernels() {}

  static Evaluator interpreted(NamedInputsLoss loss) {
    return Evaluator.interpreting(loss);
  }

  static Evaluator compiled(NamedInputsLoss loss) {
    assumeTrue(Simd.here().isThere(), Simd.here().reason());
    return Evaluator.compiling(loss);
  }

  static Evaluator compiled(NamedInputsLoss loss, Workers workers) {
    assumeTrue(Simd.here().isThere(), Simd.here().reason());
    return new FormulaEvaluator(
        loss,
        (structure, request, rows) ->
            new CompiledKernel(LossGraph.of(structure, request), request.dtype(), rows),
        workers);
  }
}
