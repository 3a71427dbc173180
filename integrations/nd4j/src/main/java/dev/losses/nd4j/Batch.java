package dev.losses.nd4j;

import dev.losses.api.Loss;
import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;
import dev.losses.engine.Computation;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Mask;
import dev.losses.engine.Reduction;
import dev.losses.engine.Violation;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The labels, predictions and mask of one call, as the engine takes them: by example or, flat, by output. */
final class Batch implements AutoCloseable {
  private final Buffers buffers;
  private final Loss loss;
  private final LossInputs inputs;
  private final int rows;
  private final int[] shape;

  private Batch(Buffers buffers, Loss loss, LossInputs inputs, int rows, int[] shape) {
    this.buffers = buffers;
    this.loss = loss;
    this.inputs = inputs;
    this.rows = rows;
    this.shape = shape;
  }

  /**
   * A batch.
   *
   * @param summed whether the losses of an example's outputs are added up, not averaged
   * @throws LossException when the mask fits neither the examples nor their outputs, or the loss does not tell outputs apart
   */
  static Batch of(
      Loss loss, INDArray labels, INDArray output, @Nullable INDArray mask, boolean summed) {
    Buffers buffers = Buffers.take();
    DType dtype = Nd4jTensors.dtype(output);
    Tensor yTrue = Nd4jTensors.tensor(labels, dtype, buffers);
    Tensor yPred = Nd4jTensors.tensor(output, dtype, buffers);
    int rows = yPred.axis(0);
    boolean byOutput = mask != null && mask.length() != rows;
    if (mask != null && byOutput) {
      check(mask, loss, yPred);
    }
    // Shapes that differ are left for the engine to refuse: flat, they would seem to fit.
    boolean flat = (summed || byOutput) && fit(yTrue.shape(), yPred.shape());
    LossInputs inputs =
        flat ? LossInputs.of(flat(yTrue), flat(yPred)) : LossInputs.of(yTrue, yPred);
    if (mask != null && rows > 0 && (flat || !byOutput)) {
      // Flat, a loss has lost its division by the number of outputs.
      double scale = flat && !summed ? (double) rows / yPred.size() : 1;
      int repeated = flat && !byOutput ? yPred.size() / rows : 1;
      inputs = masked(inputs, Nd4jTensors.tensor(mask, dtype), repeated, scale);
    }
    return new Batch(buffers, loss, inputs, rows, yPred.shape());
  }

  /** The sum of the examples' losses. */
  double score() {
    return new Evaluation(Gradients.NONE).score();
  }

  /** The sum of the examples' losses and its gradient with respect to the predictions. */
  Pair<Double, INDArray> scoreAndGradient() {
    Tensor yPred = Objects.requireNonNull(inputs.tensors().get("y_pred"));
    Tensor target = buffers.tensor(yPred.dtype(), yPred.shape());
    Evaluation evaluation = new Evaluation(Gradients.into("y_pred", target));
    return Pair.of(evaluation.score(), Nd4jTensors.array(evaluation.gradient()));
  }

  /** The examples' losses, of shape {@code [batch, 1]}. */
  INDArray scores() {
    Tensor losses = loss.evaluate(inputs, Reduction.NONE).losses();
    Tensor scores = Tensor.zeros(losses.dtype(), rows, 1);
    // One loss of the whole batch is that of every example; several of an example are averaged.
    int each = Math.max(1, losses.size() / rows);
    double share = isFlat() ? 1 : 1.0 / each;
    for (int i = 0; i < rows * each; i++) {
      int row = i / each;
      double more = share * losses.get(losses.rank() == 0 ? 0 : i);
      scores.set(row, scores.get(row) + more);
    }
    return Nd4jTensors.array(scores);
  }

  /** The gradient with 0 where the mask leaves out: what came of NaN there on the way back is nobody's. */
  INDArray withoutMasked(INDArray gradient) {
    Mask mask = inputs.mask();
    if (mask == null) {
      return gradient;
    }
    Tensor cleared = Nd4jTensors.tensor(gradient);
    boolean[] present = mask.values();
    int width = cleared.size() / present.length;
    for (int i = 0; i < cleared.size(); i++) {
      if (!present[i / width]) {
        cleared.set(i, 0);
      }
    }
    return Nd4jTensors.array(cleared).castTo(gradient.dataType());
  }

  @Override
  public void close() {
    buffers.close();
  }

  /** The loss evaluated on the batch. */
  private final class Evaluation {
    private final LossResult result;

    Evaluation(Gradients gradients) {
      // A loss on arrays may have any number of losses, which only the unreduced losses tell.
      boolean onArrays = loss.computation().path() == Computation.Path.ARRAY;
      this.result = loss.evaluate(inputs, onArrays ? Reduction.NONE : Reduction.SUM, gradients);
    }

    double score() {
      if (result.reduction() == Reduction.SUM) {
        return result.value();
      }
      double sum = 0;
      for (int i = 0; i < result.losses().size(); i++) {
        sum += result.losses().get(i);
      }
      return factor() * sum;
    }

    Tensor gradient() {
      Tensor gradient = result.gradient("y_pred");
      double factor = factor();
      for (int i = 0; factor != 1 && i < gradient.size(); i++) {
        gradient.set(i, factor * gradient.get(i));
      }
      return Columns.shaped(gradient, shape);
    }

    /** From a sum of losses to the sum of the examples' means. */
    private double factor() {
      return result.reduction() == Reduction.NONE
          ? (double) rows / result.losses().size()
          : 1;
    }
  }

  /** Whether it is computed output by output, where an example's outputs are added up. */
  private boolean isFlat() {
    return Objects.requireNonNull(inputs.tensors().get("y_pred")).rank() != shape.length;
  }

  /** Whether they are the same, but for a trailing axis of size 1 that one may do without. */
  private static boolean fit(int[] one, int[] other) {
    int[] longer = one.length > other.length ? one : other;
    int[] shorter = one.length > other.length ? other : one;
    boolean fits = longer.length == shorter.length
        || (longer.length == shorter.length + 1 && longer[shorter.length] == 1);
    return fits && Arrays.equals(Arrays.copyOf(longer, shorter.length), shorter);
  }

  private static void check(INDArray mask, Loss loss, Tensor yPred) {
    if (!Arrays.equals(Nd4jTensors.shape(mask), yPred.shape())) {
      throw refused(
          mask,
          "is neither one number for each example nor one for each output; the predictions have shape "
              + Arrays.toString(yPred.shape()));
    }
    if (loss.looksAlongRows()) {
      throw refused(
          mask,
          "is not one number for each of the " + yPred.axis(0) + " examples, and the loss '"
              + loss.definition().name() + "' is computed from an example's outputs as a whole");
    }
  }

  /** 0 leaves out, another number is a weight. */
  private static LossInputs masked(LossInputs inputs, Tensor mask, int repeated, double scale) {
    boolean[] present = new boolean[mask.size() * repeated];
    double[] weights = new double[present.length];
    for (int i = 0; i < present.length; i++) {
      double number = mask.get(i / repeated);
      present[i] = number != 0;
      weights[i] = number * scale;
    }
    return inputs.withMask(present).withSampleWeight(weights);
  }

  private static Tensor flat(Tensor tensor) {
    return Columns.shaped(tensor, tensor.size());
  }

  private static LossException refused(INDArray mask, String problem) {
    return LossException.violations(
        LossErrorCode.INVALID_INPUTS,
        List.of(new Violation(
            "/mask", "has shape " + Arrays.toString(mask.shape()) + ", which " + problem)));
  }
}
