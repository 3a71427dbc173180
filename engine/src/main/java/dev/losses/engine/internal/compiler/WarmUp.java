package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.graph.Structure;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import dev.losses.engine.internal.kernel.Kernel;
import dev.losses.engine.internal.kernel.RowLength;
import java.util.concurrent.TimeUnit;

/** Runs a kernel on made-up inputs until the JIT compiler has made it fast, and compares it with the interpreter. */
final class WarmUp {
  /** Enough for full registers and a tail; more would only take longer, for HotSpot counts calls and rounds. */
  private static final int ELEMENTS = 7 * 32 + 7;

  /** Several blocks and a part of one. */
  private static final int ELEMENTS_COMPARED = 3 * Block.SIZE + 37;

  /** HotSpot compiles nothing for good before so many calls (Tier4MinInvocationThreshold is 600). */
  private static final int FEWEST_CALLS = 700;

  private static final int CALLS_OF_A_ROUND = 50;
  private static final int ROUNDS_WITHOUT_GAIN = 20;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** By then a kernel is far on its way, or never will be. */
  private static final long HOPELESS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int HOPELESS_FACTOR = 10;

  private final Kernel interpreter;
  private final Trial trial;
  private final Trial comparison;

  WarmUp(Structure structure, Request request, Kernel interpreter, Arguments like) {
    this.interpreter = interpreter;
    this.trial = new Trial(structure, request, like, ELEMENTS);
    this.comparison = new Trial(structure, request, like, compared(request, like));
  }

  /** As much as a kernel takes at once and shows all it does: several blocks of elements, or several rows. */
  private static int compared(Request request, Arguments like) {
    if (!request.byRow()) {
      return request.weighted() ? Block.SIZE - 37 : ELEMENTS_COMPARED;
    }
    return RowLength.of(like.columns()) == RowLength.LONG
        ? Math.max(ELEMENTS_COMPARED, 2 * like.columns())
        : ELEMENTS_COMPARED;
  }

  /** Runs the kernel until it gains no more. Returns whether it is faster than the interpreter by then. */
  boolean untilFast(Kernel compiled) {
    long slow = trial.time(interpreter, CALLS_OF_A_ROUND);
    long start = System.nanoTime();
    long spent = 0;
    long best = Long.MAX_VALUE;
    int calls = 0;
    int withoutGain = 0;
    while (spent < (best > HOPELESS_FACTOR * slow ? HOPELESS_NANOS : LONGEST_NANOS)) {
      long time = trial.time(compiled, CALLS_OF_A_ROUND);
      spent = System.nanoTime() - start;
      calls += CALLS_OF_A_ROUND;
      withoutGain = time < best - best / 20 ? 0 : withoutGain + 1;
      best = Math.min(best, time);
      if (best < slow && calls > FEWEST_CALLS && withoutGain > ROUNDS_WITHOUT_GAIN) {
        return true;
      }
    }
    return best < slow;
  }

  /** Whether both leave the same sums, losses and gradients. */
  boolean givesTheInterpretersBits(Kernel compiled) {
    return comparison.outcome(interpreter).equals(comparison.outcome(compiled));
  }
}
