package dev.losses.engine;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The loss of data that comes batch by batch, as if it had come at once. It keeps sums and nothing of a batch. Not
 * thread-safe.
 */
public final class Accumulation {
  private final Evaluator evaluator;
  private Map<String, Given> first = Map.of();
  private Map<String, LabelReading> labels = Map.of();
  private @Nullable Totals totals;
  private long rows;

  /** What the inputs of every batch have in common, but for the first axis. */
  @SuppressWarnings("ArrayRecordComponent") // Of this class only.
  private record Given(DType dtype, int[] shape) {}

  /** @throws IllegalArgumentException when rows may depend on one another */
  Accumulation(Evaluator evaluator) {
    if (!evaluator.rowsAreIndependent()) {
      throw new IllegalArgumentException(
          "The loss may compare the rows of a batch, so it needs them all at once");
    }
    this.evaluator = evaluator;
  }

  /**
   * Adds a batch, or throws and leaves everything as it was.
   *
   * @throws InvalidInputsException when the inputs break a rule or differ from those of earlier batches in more than
   *     their first axis; positions are those within the batch
   * @throws LossFunctionException when the loss itself fails
   */
  public void add(LossInputs inputs) {
    checkLikeFirst(inputs.tensors());
    Batch batch = evaluator.batch(inputs);
    long before = rows;
    int here = inputs.tensors().values().iterator().next().axis(0);
    checkForm(inputs, here, before + here);
    Map<String, LabelReading> merged = LabelReading.merged(labels, batch.labels());
    Map<String, Given> given = first.isEmpty() ? given(inputs.tensors()) : first;
    Totals sums = totals == null ? new Totals(batch.perPosition()) : totals;

    // Nothing fails from here on.
    batch.sums().accept(sums);
    first = given;
    labels = merged;
    totals = sums;
    rows = before + here;
  }

  /** How many rows were added: the sizes of the batches' first axes. */
  public long rows() {
    return rows;
  }

  /**
   * The loss of all batches so far.
   *
   * @throws IllegalArgumentException when the reduction is {@link Reduction#NONE}
   * @throws IllegalStateException when there was no batch
   */
  public double value(Reduction reduction) {
    if (reduction == Reduction.NONE) {
      throw new IllegalArgumentException("Reduction none has no single value");
    }
    if (totals == null) {
      throw new IllegalStateException("No batch was added");
    }
    return totals.value(reduction);
  }

  /**
   * The answer to all batches so far, as it would be to all rows at once.
   *
   * @throws IllegalArgumentException when the reduction is {@link Reduction#NONE}
   * @throws IllegalStateException when there was no batch
   */
  public LossResult result(Reduction reduction) {
    double value = value(reduction);
    DType dtype = first.values().iterator().next().dtype();
    return new LossResult(reduction, dtype, value, null, Map.of());
  }

  private void checkLikeFirst(Map<String, Tensor> tensors) {
    List<Violation> violations = new ArrayList<>();
    first.forEach((name, expected) -> {
      Tensor tensor = tensors.get(name);
      if (tensor != null && tensor.dtype() != expected.dtype()) {
        violations.add(new Violation(
            "/" + name,
            name + " is " + tensor.dtype().wireName() + " but in the first batch "
                + expected.dtype().wireName() + "; give all batches the same dtype"));
      }
      if (tensor != null && !sameButForBatch(tensor.shape(), expected.shape())) {
        violations.add(new Violation(
            "/" + name,
            name + " has shape " + Arrays.toString(tensor.shape()) + " but in the first batch "
                + Arrays.toString(expected.shape())
                + "; batches may differ in their first axis only"));
      }
    });
    if (!violations.isEmpty()) {
      throw new InvalidInputsException(violations);
    }
  }

  private static boolean sameButForBatch(int[] shape, int[] other) {
    return shape.length == other.length
        && Arrays.equals(shape, 1, shape.length, other, 1, other.length);
  }

  /** A form that follows the number of rows is not that of all rows together. */
  private void checkForm(LossInputs inputs, int here, long after) {
    if (!evaluator.hasOneForm(inputs, after) || (rows > 0 && !evaluator.hasOneForm(inputs, rows))) {
      String name = inputs.tensors().keySet().iterator().next();
      throw new InvalidInputsException(
          "/" + name,
          "the loss takes another form for " + here + " rows, the batch, than for all " + after
              + ": it needs them all at once");
    }
  }

  private static Map<String, Given> given(Map<String, Tensor> tensors) {
    Map<String, Given> given = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> given.put(name, new Given(tensor.dtype(), tensor.shape())));
    return given;
  }
}
