package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.graph.Structure;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Interpreter;
import dev.losses.engine.internal.kernel.Kernel;
import dev.losses.engine.internal.kernel.KernelStatus;
import dev.losses.engine.internal.kernel.Tier;
import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The interpreter, until the same graph is compiled and warm: a generated class takes seconds, not microseconds, until
 * the JIT compiler has seen enough of it. Both give the same bits, so nobody notices but by the clock.
 */
public final class TieredKernel implements Kernel {
  /** Compiling takes as long as interpreting about so many elements. */
  private static final long ELEMENTS_THAT_PAY = 1 << 15;

  /** An evaluation is worth compiling for however small it is. */
  private static final int ELEMENTS_OF_A_CALL = 32;

  private final Structure structure;
  private final Request request;
  private final Compilations compilations;
  private final AtomicLong elements = new AtomicLong();
  private final AtomicBoolean requested = new AtomicBoolean();
  private volatile Kernel serving;
  private volatile KernelStatus status;

  TieredKernel(Structure structure, Request request, Compilations compilations) {
    this.structure = structure;
    this.request = request;
    this.compilations = compilations;
    this.status = new KernelStatus(
        Tier.INTERPRETED,
        compilations.areOffered()
            ? "it has not been used enough yet to be compiled"
            : compilations.whyNot());
    this.serving = new Interpreter(graph(), request.dtype());
  }

  @Override
  public Run start(Arguments arguments) {
    if (status.tier() == Tier.INTERPRETED) {
      note(arguments);
    }
    return serving.start(arguments);
  }

  private void note(Arguments arguments) {
    int size = ELEMENTS_OF_A_CALL;
    for (Object input : arguments.inputs()) {
      size = Math.max(size, Array.getLength(input));
    }
    if (elements.addAndGet(size) >= ELEMENTS_THAT_PAY
        && compilations.areOffered()
        && requested.compareAndSet(false, true)) {
      status = new KernelStatus(Tier.COMPILING, "its kernel is being compiled");
      compilations.request(this, arguments.withoutArrays());
    }
  }

  LossGraph graph() {
    return LossGraph.of(structure, request);
  }

  Structure structure() {
    return structure;
  }

  Request request() {
    return request;
  }

  /** Lets a compiled kernel serve from now on. */
  void publish(Kernel compiled) {
    serving = compiled;
    status = compiled.status();
  }

  /** Stays with the interpreter. */
  void refuse(String why) {
    status = new KernelStatus(Tier.REFUSED, why);
  }

  @Override
  public KernelStatus status() {
    return status;
  }
}
