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
 * Inputs that are hard to compute with, drawn from the domains of a loss: ties and near ties, the loss's own constants and
 * their neighbours, probabilities near 0 and 1, logits of 1000, and sizes from 1e-6 to 1e6. The same for every run.
 */
final class HardInputs {
  private static final double[] NUMBERS = {
    0, 1e-8, 1e-5, 1e-3, 0.1, 0.5, 1, 2, 3, Math.PI, 17, 20, 50, 88, 100, 700, 1000, 1e5
  };
  private static final double[] PROBABILITIES = {
    0, 1e-20, 1e-8, 1e-7, 2e-7, 1e-6, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, 1 - 1e-6, 1 - 1e-7, 1
  };
  private static final double[] SIZES_OF_FLOAT32 = {1e-45, 1e-40, 1e-30, 1e-20, 1e20, 1e30, 3e38};
  private static final double[] SIZES_OF_FLOAT64 = {
    4.9e-324, 1e-310, 1e-250, 1e-170, 1e170, 1e250, 1.7e308
  };

  private final List<Input> inputs;
  private final DType dtype;
  private final int columns;
  private final SplittableRandom random;
  private final double[] constants;

  HardInputs(NamedInputsLoss loss, DType dtype, int columns) {
    this.inputs = loss.inputs();
    this.dtype = dtype;
    this.columns = columns;
    this.random = new SplittableRandom(columns);
    this.constants = new Reference(loss, dtype)
        .steps().stream()
            .map(Reference.Step::expr)
            .filter(expr -> expr.operator() == Operator.CONSTANT)
            .mapToDouble(Expr::value)
            .filter(value -> Math.abs(value) > 1e-10 && Math.abs(value) < 1e6)
            .toArray();
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
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Input input : inputs) {
      boolean perRow = input.extent() == Extent.ROW;
      tensors.put(
          input.name(), perRow ? Tensor.zeros(dtype, rows) : Tensor.zeros(dtype, rows, columns));
    }
    for (int row = 0; row < rows; row++) {
      List<double[]> others = new ArrayList<>();
      for (Input input : inputs) {
        int width = input.extent() == Extent.ROW ? 1 : columns;
        double[] values = row(input, width, others, extreme);
        others.add(values);
        for (int i = 0; i < width; i++) {
          set(Objects.requireNonNull(tensors.get(input.name())), row * width + i, values[i]);
        }
      }
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
      return distribution(width);
    }
    for (int i = 0; i < width; i++) {
      boolean derived = !others.isEmpty() && random.nextInt(3) == 0;
      double[] other = derived ? others.get(random.nextInt(others.size())) : values;
      double value = derived && other.length == width ? near(other[i]) : draw(input);
      values[i] = rounded(within(input, extreme && random.nextBoolean() ? size() : value));
    }
    return values;
  }

  private double draw(Input input) {
    if (!input.excepted().isEmpty() && random.nextInt(8) == 0) {
      return input.excepted().get(random.nextInt(input.excepted().size()));
    }
    boolean probability = input.domain() == Domain.PROBABILITY;
    int kind = random.nextInt(8);
    if (kind == 0 && constants.length > 0) {
      return near(one(constants));
    }
    if (kind <= 3) {
      return sign() * one(probability ? PROBABILITIES : NUMBERS);
    }
    if (kind == 4) {
      return sign() * StrictMath.pow(10, 12 * random.nextDouble() - 6);
    }
    return probability ? random.nextDouble() : 3 * gaussian();
  }

  /** The same, a neighbour, or off by a little or by one of the loss's constants. */
  private double near(double value) {
    if (value == 0) {
      return 0;
    }
    return switch (random.nextInt(5)) {
      case 0 -> value;
      case 1 -> dtype == DType.FLOAT32 ? Math.nextUp((float) value) : Math.nextUp(value);
      case 2 -> dtype == DType.FLOAT32 ? Math.nextDown((float) value) : Math.nextDown(value);
      case 3 -> value * (1 + sign() * StrictMath.pow(2, -random.nextInt(1, 20)));
      default -> value + sign() * (constants.length > 0 ? one(constants) : 1e-3);
    };
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
      case HINGE_LABEL, SIGN -> sign();
    };
  }

  private double[] distribution(int width) {
    double sharpness = StrictMath.pow(10, 3 * random.nextDouble() - 1);
    double[] values = new double[width];
    double sum = 0;
    for (int i = 0; i < width; i++) {
      values[i] = StrictMath.exp(-sharpness * Math.abs(gaussian()));
      sum += values[i];
    }
    for (int i = 0; i < width; i++) {
      values[i] = rounded(Math.min(1, values[i] / sum));
    }
    return values;
  }

  private double size() {
    return sign() * one(dtype == DType.FLOAT32 ? SIZES_OF_FLOAT32 : SIZES_OF_FLOAT64);
  }

  private double gaussian() {
    // The sum of twelve uniform numbers: near enough, and the same on every JDK.
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  private double one(double[] values) {
    return values[random.nextInt(values.length)];
  }

  private int sign() {
    return random.nextBoolean() ? 1 : -1;
  }

  private double rounded(double value) {
    return dtype == DType.FLOAT32 ? (float) value : value;
  }

  private void set(Tensor tensor, int position, double value) {
    if (dtype == DType.FLOAT32) {
      tensor.floats()[position] = (float) value;
    } else {
      tensor.doubles()[position] = value;
    }
  }
}
