package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Kernel;
import dev.losses.engine.internal.kernel.KernelStatus;
import dev.losses.engine.internal.kernel.RowLength;
import dev.losses.engine.internal.kernel.Tier;
import dev.losses.spi.DType;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Computes a graph by generated SIMD loops, with the interpreter's bits. */
public final class CompiledKernel implements Kernel {
  private final Plan plan;
  private final Lanes lanes;
  private final Loops loops;

  /** A run that has ended: its memory serves the next. */
  private final AtomicReference<@Nullable CompiledRun> idle = new AtomicReference<>();

  /**
   * Compiles a graph for rows of such a length.
   *
   * @throws IllegalStateException when there is no SIMD, or the graph cannot be compiled
   */
  public CompiledKernel(LossGraph graph, DType dtype, RowLength rows) {
    int bits = Simd.here().bits().orElseThrow(() -> new IllegalStateException("there is no SIMD"));
    this.plan = Planner.plan(graph, Walk.of(graph.byRow(), rows));
    this.lanes = Lanes.of(dtype, bits);
    this.loops = LoopsWriter.load(plan, lanes);
  }

  @Override
  public Run start(Arguments arguments) {
    CompiledRun run = idle.getAndSet(null);
    if (run == null) {
      run = CompiledRun.of(plan, lanes, loops, idle::set);
    }
    run.start(arguments);
    return run;
  }

  @Override
  public KernelStatus status() {
    return new KernelStatus(Tier.COMPILED, "its kernel is compiled");
  }
}
