package dev.losses.api;

import dev.losses.spi.Extent;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Small inputs for a loss, drawn from what its inputs declare: for examples, for a first try of a new loss, for tests.
 *
 * <p>Values are short decimals. Inputs with a gradient never hold the same last digit as another, so that differences
 * stay away from ties and from the round numbers at which losses tend to have kinks.
 */
public final class ExampleInputs {
  private static final int[] LAST_DIGITS = {3, 7, 1, 9};
  private static final int TRIES = 100;

  private final SplittableRandom random;
  private final int rows;
  private final int columns;
  private final int classes;
  private final int lastDigit;

  private ExampleInputs(long seed, int rows, int columns, int classes, int lastDigit) {
    this.random = new SplittableRandom(seed);
    this.rows = rows;
    this.columns = columns;
    this.classes = classes;
    this.lastDigit = lastDigit;
  }

  /**
   * A float64 tensor for each input, the same for the same arguments: {@code [rows]} for an input with a value per row,
   * the rows and its example axes for one with a shape of its own, else {@code [rows, columns]}.
   *
   * @param inputs what the loss declares
   * @param rows at least 1; every class that occurs occurs twice from 2 on
   * @param columns at least 1
   * @throws IllegalArgumentException when rows or columns is below 1
   */
  public static Map<String, Tensor> of(List<Input> inputs, int rows, int columns, long seed) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "Needs at least one row and column, not " + rows + " and " + columns);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int classes = inputs.stream()
        .filter(input -> !input.domain().isLabel() && input.extent() != Extent.ROW)
        .mapToInt(input -> last(shape(input, rows, columns)))
        .min()
        .orElse(columns);
    int differentiable = 0;
    for (Input input : inputs) {
      int digit = input.differentiable() ? LAST_DIGITS[differentiable++ % LAST_DIGITS.length] : 0;
      tensors.put(
          input.name(),
          new ExampleInputs(seed + tensors.size(), rows, columns, classes, digit).tensor(input));
    }
    return Collections.unmodifiableMap(tensors);
  }

  private Tensor tensor(Input input) {
    int[] shape = shape(input, rows, columns);
    double[] values = new double[Tensor.sizeOf(shape)];
    int width = values.length / rows;
    for (int position = 0; position < values.length; position++) {
      int row = position / width;
      values[position] = draw(input, row, position % width, values, row * width, position);
    }
    return Tensor.of(values, shape);
  }

  private static int[] shape(Input input, int rows, int columns) {
    return switch (input.extent()) {
      case ROW -> new int[] {rows};
      case ELEMENT -> new int[] {rows, columns};
      case FREE ->
        input.exampleAxes().isEmpty()
            ? new int[] {rows, columns}
            : IntStream.concat(
                    IntStream.of(rows),
                    input.exampleAxes().stream()
                        .mapToInt(axis -> axis == Input.BATCH ? rows : axis))
                .toArray();
    };
  }

  private static int last(int[] shape) {
    return shape[shape.length - 1];
  }

  /** A value that its row does not hold yet, as far as the domain has enough of them. */
  private double draw(Input input, int row, int column, double[] values, int from, int to) {
    double value = value(input, row, column);
    for (int tries = 0;
        tries < TRIES && !input.domain().isLabel() && holds(values, from, to, value);
        tries++) {
      value = value(input, row, column);
    }
    return value;
  }

  private double value(Input input, int row, int column) {
    return switch (input.domain()) {
      case REAL, LOGIT, EMBEDDING -> decimal(1, 20) * (random.nextBoolean() ? 1 : -1);
      case PROBABILITY -> decimal(1, 9);
      case DISTANCE, POSITIVE -> decimal(1, 20);
      case CLASS_INDEX -> classIndex(input, row, column);
      case ONE_HOT -> row % columns == column ? 1 : 0;
      case SIGN, HINGE_LABEL -> (row + column) % 2 == 0 ? 1 : -1;
    };
  }

  private double decimal(int fromTenths, int toTenths) {
    return (random.nextInt(fromTenths, toTenths) * 10 + lastDigit) / 100.0;
  }

  private double classIndex(Input input, int row, int column) {
    return switch (input.extent()) {
      // Every class recurs, so that losses that compare rows find pairs.
      case ROW -> row % Math.max(1, Math.min(classes, rows / 2));
      // A list of classes that may end before the row does ends, lest every class is in it.
      case ELEMENT ->
        column > 0 && column == columns - 1 && !input.excepted().isEmpty()
            ? input.excepted().get(0)
            : (row + column) % classes;
      // Class 0 is the blank or the padding of label sequences.
      case FREE -> classes == 1 ? 0 : 1 + (row + column) % (classes - 1);
    };
  }

  private static boolean holds(double[] values, int from, int to, double value) {
    for (int position = from; position < to; position++) {
      if (values[position] == value) {
        return true;
      }
    }
    return false;
  }
}
