package dev.losses.numerics;

import dev.losses.spi.DType;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Extent;
import dev.losses.spi.Input;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Operator;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Rows that are hard to compute with, drawn from the domains of a formula's inputs: {@link HardNumbers}, ties and near
 * ties. The same for every run.
 */
final class HardInputs {
  private final List<Input> inputs;
  private final DType dtype;
  private final int columns;
  private final SplittableRandom random;
  private final HardNumbers numbers;

  HardInputs(NamedInputsLoss loss, DType dtype, int columns) {
    this.inputs = loss.inputs();
    this.dtype = dtype;
    this.columns = columns;
    this.random = new SplittableRandom(columns);
    double[] constants = new Reference(loss, dtype)
        .steps().stream()
            .map(Reference.Step::expr)
            .filter(expr -> expr.operator() == Operator.CONSTANT)
            .mapToDouble(Expr::value)
            .filter(value -> Math.abs(value) > 1e-10 && Math.abs(value) < 1e6)
            .toArray();
    this.numbers = new HardNumbers(random, dtype, constants);
  }

  /** Rows of ordinary sizes: no square of theirs overflows or vanishes. */
  Batch ordinary(int rows) {
    return batch(rows, false);
  }

  /** Rows that also hold numbers near both ends of the dtype's range. */
  Batch extreme(int rows) {
    return batch(rows, true);
  }

  private Batch batch(int rows, boolean extreme) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (int row = 0; row < rows; row++) {
      List<double[]> others = new ArrayList<>();
      for (Input input : inputs) {
        int width = input.extent() == Extent.ROW ? 1 : columns;
        double[] drawn = row(input, width, others, extreme);
        others.add(drawn);
        double[] all = values.computeIfAbsent(input.name(), name -> new double[rows * width]);
        System.arraycopy(drawn, 0, all, row * width, width);
      }
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Input input : inputs) {
      int[] shape = input.extent() == Extent.ROW ? new int[] {rows} : new int[] {rows, columns};
      double[] all = Objects.requireNonNull(values.get(input.name()));
      tensors.put(input.name(), numbers.tensor(all, shape));
    }
    return new Batch(rows, columns, dtype, tensors);
  }

  private double[] row(Input input, int width, List<double[]> others, boolean extreme) {
    double[] values = new double[width];
    if (input.domain() == Domain.ONE_HOT && random.nextInt(4) > 0) {
      values[random.nextInt(width)] = 1;
      return values;
    }
    boolean isDistribution = input.domain() == Domain.ONE_HOT
        || (input.domain() == Domain.PROBABILITY && width > 1 && random.nextBoolean());
    if (isDistribution) {
      return numbers.distribution(width);
    }
    for (int i = 0; i < width; i++) {
      boolean derived = !others.isEmpty() && random.nextInt(3) == 0;
      double[] other = derived ? others.get(random.nextInt(others.size())) : values;
      double value = derived && other.length == width ? numbers.near(other[i]) : draw(input);
      values[i] =
          numbers.rounded(within(input, extreme && random.nextBoolean() ? numbers.size() : value));
    }
    return values;
  }

  private double draw(Input input) {
    if (!input.excepted().isEmpty() && random.nextInt(8) == 0) {
      return input.excepted().get(random.nextInt(input.excepted().size()));
    }
    return numbers.draw(input.domain() == Domain.PROBABILITY);
  }

  private double within(Input input, double value) {
    if (input.excepted().contains(value)) {
      return value;
    }
    return switch (input.domain()) {
      case REAL, LOGIT, EMBEDDING -> value;
      case PROBABILITY, ONE_HOT -> Math.min(Math.abs(value), 1);
      case DISTANCE -> Math.abs(value);
      // A smaller number is 0 in float32.
      case POSITIVE -> Math.max(Math.abs(value), Float.MIN_VALUE);
      case CLASS_INDEX -> random.nextInt(columns);
      case HINGE_LABEL, SIGN -> numbers.sign();
    };
  }
}
