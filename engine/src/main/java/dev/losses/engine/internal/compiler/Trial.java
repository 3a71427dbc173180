package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.graph.Structure;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import dev.losses.engine.internal.kernel.Kernel;
import dev.losses.spi.Domain;
import dev.losses.spi.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** An evaluation of made-up inputs, each within its domain. */
final class Trial {
  private final Structure structure;
  private final Request request;
  private final Numbers numbers;
  private final int positions;
  private final Arguments arguments;

  /**
   * A trial of about so many elements.
   *
   * @param like an evaluation whose numbers and width are taken over, as far as they fit
   */
  Trial(Structure structure, Request request, Arguments like, int elements) {
    this.structure = structure;
    this.request = request;
    this.numbers = Numbers.of(request.dtype());
    int columns = request.byRow() ? Math.min(like.columns(), elements) : 1;
    int rows = request.byRow() ? Block.rows(columns) : elements;
    this.positions = Math.min(elements / columns, rows);
    List<double[]> classValues = like.classValues().stream()
        .map(values -> Arrays.copyOf(values, Math.min(values.length, columns)))
        .toList();
    this.arguments = arguments(like.constants(), classValues, columns);
  }

  /** How long a kernel takes for so many evaluations, in nanoseconds. */
  long time(Kernel kernel, int evaluations) {
    Block block = block();
    long start = System.nanoTime();
    try (Kernel.Run run = kernel.start(arguments)) {
      for (int i = 0; i < evaluations; i++) {
        block.moveTo(0, positions);
        run.compute(block);
      }
    }
    return System.nanoTime() - start;
  }

  /** Everything a kernel leaves: sums, whether it saw a violation, losses and gradients. */
  List<Object> outcome(Kernel kernel) {
    List<Object> outputs = new ArrayList<>();
    arguments.gradients().stream().filter(Objects::nonNull).forEach(outputs::add);
    if (arguments.losses() != null) {
      outputs.add(arguments.losses());
    }
    // What a kernel forgot to write must not look like what the other one wrote.
    outputs.forEach(output -> numbers.fill(output, 0, numbers.length(output), Double.NaN));
    Block block = block();
    try (Kernel.Run run = kernel.start(arguments)) {
      block.moveTo(0, positions);
      run.compute(block);
    }
    List<Object> outcome = new ArrayList<>();
    outcome.add(Arrays.hashCode(block.sums()));
    outcome.add(block.violated());
    outputs.forEach(output -> outcome.add(numbers.hash(output)));
    return outcome;
  }

  private Block block() {
    Block block = new Block(positions, request.weighted());
    SplittableRandom random = new SplittableRandom(positions);
    for (int i = 0; i < block.weights().length; i++) {
      block.weights()[i] = (float) random.nextDouble();
      block.presence()[i] = 1;
      block.seeds()[i] = (float) random.nextDouble();
    }
    return block;
  }

  private Arguments arguments(double[] constants, List<double[]> classValues, int columns) {
    SplittableRandom random = new SplittableRandom(columns);
    List<Object> inputs = new ArrayList<>();
    List<@Nullable Object> gradients = new ArrayList<>();
    for (Structure.Source slot : structure.inputs()) {
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
