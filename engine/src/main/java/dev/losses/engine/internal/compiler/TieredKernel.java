package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.graph.Structure;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Interpreter;
import dev.losses.engine.internal.kernel.Kernel;
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
  private volatile Tier tier = Tier.INTERPRETED;
  private volatile Kernel serving;
  private volatile String reason = "it has not been used enough yet to be compiled";

  TieredKernel(Structure structure, Request request, Compilations compilations) {
    this.structure = structure;
    this.request = request;
    this.compilations = compilations;
    this.serving = new Interpreter(graph(), request.dtype());
  }

  @Override
  public Run start(Arguments arguments) {
    if (tier == Tier.INTERPRETED) {
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
      reason = "its kernel is being compiled";
      tier = Tier.COMPILING;
      compilations.request(
          this, arguments.constants(), arguments.classValues(), arguments.columns());
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
    reason = "its kernel is compiled";
    tier = Tier.COMPILED;
  }

  /** Stays with the interpreter. */
  void refuse(String why) {
    reason = why;
    tier = Tier.REFUSED;
  }

  /** How far it has come. */
  public Tier tier() {
    return tier;
  }

  /** Why it is computed as it is, as half a sentence. */
  public String reason() {
    if (compilations.areOffered()) {
      return reason;
    }
    return Simd.here().reason();
  }
}
