package dev.losses.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.losses.engine.internal.compiler.CompiledKernel;
import dev.losses.engine.internal.compiler.Simd;
import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.kernel.Interpreter;
import dev.losses.engine.internal.kernel.Kernel;
import dev.losses.engine.internal.kernel.KernelSource;
import dev.losses.engine.internal.kernel.Workers;
import dev.losses.spi.NamedInputsLoss;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Evaluators that always take the one path or the other. */
final class Kernels {
  private static final KernelSource INTERPRETED = (structure, request, rows) ->
      new Interpreter(LossGraph.of(structure, request), request.dtype());
  private static final Workers ALONE = new Workers(1);

  private Kernels() {}

  static Evaluator interpreted(NamedInputsLoss loss) {
    return new FormulaEvaluator(loss, INTERPRETED, ALONE);
  }

  static Evaluator compiled(NamedInputsLoss loss) {
    return compiled(loss, ALONE);
  }

  static Evaluator compiled(NamedInputsLoss loss, Workers workers) {
    assumeTrue(Simd.here().isThere(), Simd.here().reason());
    Map<Object, Kernel> kernels = new ConcurrentHashMap<>();
    return new FormulaEvaluator(
        loss,
        (structure, request, rows) -> kernels.computeIfAbsent(
            request + " " + rows,
            key -> new CompiledKernel(LossGraph.of(structure, request), request.dtype(), rows)),
        workers);
  }
}
