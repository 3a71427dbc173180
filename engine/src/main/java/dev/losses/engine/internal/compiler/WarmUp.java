package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.graph.Structure;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import dev.losses.engine.internal.kernel.Interpreter;
import dev.losses.engine.internal.kernel.Kernel;
import dev.losses.spi.Domain;
import dev.losses.spi.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a kernel on made-up inputs until the JIT compiler has made it fast, and compares it with the interpreter. */
final class WarmUp {
  /** Enough for full registers and a tail; more would only take longer, for HotSpot counts calls and rounds. */
  private static final int ELEMENTS = 7 * 32 + 7;

  /** HotSpot compiles nothing for good before so many calls (Tier4MinInvocationThreshold is 600). */
  private static final int FEWEST_CALLS = 700;

  private static final int CALLS_OF_A_ROUND = 50;
  private static final int ROUNDS_WITHOUT_GAIN = 20;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Request request;
  private final Structure structure;
  private final Numbers numbers;
  private final Kernel interpreter;
  private final int positions;
  private final Arguments arguments;
  private final Block block;

  WarmUp(TieredKernel kernel, double[] constants, List<double[]> classValues, int columnsOfACall) {
    this.request = kernel.request();
    this.structure = kernel.structure();
    this.numbers = Numbers.of(request.dtype());
    this.interpreter = new Interpreter(kernel.graph(), request.dtype());
    int columns = Math.min(columnsOfACall, ELEMENTS);
    this.positions = request.byRow() ? Math.max(1, ELEMENTS / columns) : ELEMENTS;
    int width = request.byRow() ? columns : 1;
    List<double[]> shortened = classValues.stream()
        .map(values -> Arrays.copyOf(values, Math.min(values.length, columns)))
        .toList();
    this.arguments = arguments(constants, shortened, width);
    this.block = new Block(positions, request.weighted());
    SplittableRandom random = new SplittableRandom(positions);
    for (int i = 0; i < block.weights().length; i++) {
      block.weights()[i] = (float) random.nextDouble();
      block.presence()[i] = 1;
      block.seeds()[i] = (float) random.nextDouble();
    }
  }

  /** Runs the kernel until it gains no more. Returns whether it is faster than the interpreter by then. */
  boolean untilFast(Kernel compiled) {
    long slow = time(interpreter, CALLS_OF_A_ROUND);
    long start = System.nanoTime();
    long best = Long.MAX_VALUE;
    int calls = 0;
    int withoutGain = 0;
    while (System.nanoTime() - start < LONGEST_NANOS) {
      long time = time(compiled, CALLS_OF_A_ROUND);
      calls += CALLS_OF_A_ROUND;
      withoutGain = time < best - best / 20 ? 0 : withoutGain + 1;
      best = Math.min(best, time);
      if (best < slow && calls > FEWEST_CALLS && withoutGain > ROUNDS_WITHOUT_GAIN) {
        return true;
      }
    }
    return best < slow;
  }

  private long time(Kernel kernel, int calls) {
    long start = System.nanoTime();
    try (Kernel.Run run = kernel.start(arguments)) {
      for (int i = 0; i < calls; i++) {
        block.moveTo(0, positions);
        run.compute(block);
      }
    }
    return System.nanoTime() - start;
  }

  /** Whether both leave the same sums, losses and gradients. */
  boolean givesTheInterpretersBits(Kernel compiled) {
    return outcome(interpreter).equals(outcome(compiled));
  }

  private List<Object> outcome(Kernel kernel) {
    time(kernel, 1);
    List<Object> outcome = new ArrayList<>();
    outcome.add(Arrays.hashCode(block.sums()));
    outcome.add(block.violated());
    if (arguments.losses() != null) {
      outcome.add(numbers.hash(arguments.losses()));
    }
    arguments.gradients().stream()
        .filter(Objects::nonNull)
        .forEach(gradient -> outcome.add(numbers.hash(gradient)));
    return outcome;
  }

  private Arguments arguments(double[] constants, List<double[]> classValues, int columns) {
    SplittableRandom random = new SplittableRandom(columns);
    List<Object> inputs = new ArrayList<>();
    List<@Nullable Object> gradients = new ArrayList<>();
    for (Structure.Slot slot : structure.inputs()) {
      int length = slot.extent() == Extent.ROW ? positions : positions * columns;
      Object values = numbers.array(length);
      for (int i = 0; i < length; i++) {
        numbers.set(values, i, value(slot.domain(), random, columns));
      }
      inputs.add(values);
      gradients.add(request.gradients() && slot.differentiable() ? numbers.array(length) : null);
    }
    Object losses = request.unreduced() ? numbers.array(positions) : null;
    return new Arguments(inputs, gradients, losses, columns, constants, classValues, 0.001);
  }

  private static double value(Domain domain, SplittableRandom random, int columns) {
    return switch (domain) {
      case PROBABILITY, DISTANCE, POSITIVE -> random.nextDouble(0.01, 0.99);
      case REAL, LOGIT, EMBEDDING -> random.nextDouble(-4, 4);
      case CLASS_INDEX -> random.nextInt(columns);
      case ONE_HOT -> random.nextInt(2);
      case SIGN, HINGE_LABEL -> random.nextInt(2) * 2 - 1;
    };
  }
}
