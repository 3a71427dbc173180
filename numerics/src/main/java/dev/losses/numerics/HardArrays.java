package dev.losses.numerics;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Inputs of array losses that are hard to compute with: {@link HardNumbers}, ties, near ties and differences of nearly the
 * margin, rows of zeros, rows that are equal or point the same way. The same for every run.
 */
final class HardArrays {
  /** A margin. */
  private static final double[] CONSTANTS = {1};

  private static final int MOST_LABELS = 3;
  private static final int MOST_COLUMNS = 4;

  private final SplittableRandom random = new SplittableRandom(1);
  private final HardNumbers numbers;
  private final DType dtype;

  HardArrays(DType dtype) {
    this.dtype = dtype;
    this.numbers = new HardNumbers(random, dtype, CONSTANTS);
  }

  /** Labels and logits at every step. */
  Batch sequence(boolean extreme) {
    int steps = random.nextInt(1, 5);
    int classes = random.nextInt(2, 5);
    double[] labels = new double[random.nextInt(1, MOST_LABELS + 1)];
    for (int i = 0, count = random.nextInt(labels.length + 1); i < count; i++) {
      labels[i] = random.nextInt(1, classes);
    }
    double[] logits = numbers(steps * classes, extreme);
    return batch(
        numbers.tensor(labels, 1, labels.length), numbers.tensor(logits, 1, steps, classes));
  }

  /** Different classes, ended by -1, and scores. */
  Batch targets(boolean extreme) {
    int classes = random.nextInt(1, MOST_COLUMNS + 1);
    double[] labels = new double[classes];
    int next = 0;
    for (int i = 0; i < classes; i++) {
      if (random.nextBoolean()) {
        labels[next++] = i;
      }
    }
    while (next < classes) {
      labels[next++] = -1;
    }
    return batch(
        numbers.tensor(labels, 1, classes), numbers.tensor(numbers(classes, extreme), 1, classes));
  }

  /** 0 or 1, and logits. */
  Batch binary(boolean extreme) {
    int columns = random.nextInt(1, MOST_COLUMNS + 1);
    return batch(
        numbers.tensor(labels(columns), 1, columns),
        numbers.tensor(numbers(columns, extreme), 1, columns));
  }

  /** Regions, mostly sharp ones, and probabilities of them; in the extreme real numbers. */
  Batch regions(boolean extreme) {
    int rows = random.nextInt(1, 3);
    int columns = random.nextInt(1, MOST_COLUMNS + 1);
    boolean sharp = random.nextInt(3) > 0;
    double[] truth = new double[rows * columns];
    double[] predicted = new double[rows * columns];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = sharp ? random.nextInt(2) : probability(extreme);
      predicted[i] =
          random.nextInt(3) == 0 ? limited(numbers.near(truth[i])) : probability(extreme);
    }
    return batch(numbers.tensor(truth, rows, columns), numbers.tensor(predicted, rows, columns));
  }

  /** Classes and a similarity of every row to every row. */
  Batch similarities(boolean extreme) {
    int rows = random.nextInt(1, MOST_COLUMNS + 1);
    return batch(classes(rows), numbers.tensor(numbers(rows * rows, extreme), rows, rows));
  }

  /** Classes and embeddings. */
  Batch embeddings(boolean extreme) {
    int rows = random.nextInt(2, MOST_COLUMNS + 1);
    int columns = random.nextInt(1, 4);
    return batch(classes(rows), numbers.tensor(rows(rows, columns, extreme), rows, columns));
  }

  /** Classes and embeddings of length 1; in the extreme of any. */
  Batch units(boolean extreme) {
    int rows = random.nextInt(2, MOST_COLUMNS + 1);
    int columns = random.nextInt(1, 4);
    double[] values = rows(rows, columns, extreme);
    for (int row = 0; row < rows && !extreme; row++) {
      double squares = 0;
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        squares += values[i] * values[i];
      }
      for (int i = row * columns; i < (row + 1) * columns && squares > 0; i++) {
        values[i] = numbers.rounded(values[i] / Math.sqrt(squares));
      }
    }
    return batch(classes(rows), numbers.tensor(values, rows, columns));
  }

  private Batch batch(Tensor yTrue, Tensor yPred) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("y_true", yTrue);
    tensors.put("y_pred", yPred);
    return new Batch(1, yPred.axis(yPred.rank() - 1), dtype, tensors);
  }

  private Tensor classes(int rows) {
    return numbers.tensor(labels(rows), rows);
  }

  /** Of two classes. */
  private double[] labels(int count) {
    double[] labels = new double[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(2);
    }
    return labels;
  }

  /** Some of them near one another. */
  private double[] numbers(int count, boolean extreme) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      boolean derived = i > 0 && random.nextInt(3) == 0;
      values[i] = derived
          ? finite(numbers.rounded(numbers.near(values[random.nextInt(i)])))
          : number(extreme);
    }
    return values;
  }

  private double[] rows(int rows, int columns, boolean extreme) {
    double[] values = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      int kind = random.nextInt(row == 0 ? 4 : 8);
      int other = row == 0 ? 0 : random.nextInt(row);
      double factor = StrictMath.scalb(1.0, random.nextInt(-3, 4));
      for (int i = 0; i < columns; i++) {
        double near = values[other * columns + i];
        double value = switch (kind) {
          case 0 -> 0;
          case 4 -> near;
          case 5 -> near * factor;
          case 6, 7 -> numbers.near(near);
          default -> number(extreme);
        };
        values[row * columns + i] = finite(numbers.rounded(value));
      }
    }
    return values;
  }

  private double number(boolean extreme) {
    return numbers.rounded(extreme && random.nextBoolean() ? numbers.size() : numbers.draw(false));
  }

  private double probability(boolean extreme) {
    return numbers.rounded(
        extreme && random.nextBoolean() ? numbers.size() : limited(numbers.draw(true)));
  }

  private double limited(double value) {
    return numbers.rounded(Math.min(Math.abs(value), 1));
  }

  /** 1 where a neighbour of the largest numbers is none. */
  private static double finite(double value) {
    return Double.isFinite(value) ? value : 1;
  }
}
