package dev.losses.builtin.sequence;

import dev.losses.builtin.internal.Doubles;
import dev.losses.builtin.internal.Pair;
import dev.losses.spi.ArrayLoss;
import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Family;
import dev.losses.spi.Input;
import dev.losses.spi.InvalidInputException;
import dev.losses.spi.LossName;
import dev.losses.spi.Losses;
import dev.losses.spi.Reference;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Connectionist temporal classification: {@code -ln p(labels)}, the probability that a class drawn at every time step
 * from the softmax of its logits gives the labels, once repeats are merged and blanks, class 0, are removed.
 *
 * <p>{@code y_true} holds a sequence of labels for each example, {@code [batch, labels]}, padded at its end with 0;
 * {@code y_pred} holds logits, {@code [batch, time, classes]}; the unreduced loss has the shape {@code [batch]}. A 0
 * before another label, or a label that is no class, is an error. A sequence that no alignment can give in the time there
 * is costs +Infinity, with gradient 0. A sequence of no labels is one of blanks.
 *
 * <p>Computed forwards and backwards on logarithms, in double. As Keras's {@code CTC}, which adds nothing for length;
 * PyTorch divides by the number of labels in its mean, and takes log-probabilities with time as the first axis.
 */
@LossName("ctc")
@Family("sequence")
@Description(
    "The negative log-probability of a sequence of labels under all its alignments with a longer sequence of logits.")
@Reference({
  "A. Graves, S. Fernandez, F. Gomez, J. Schmidhuber, Connectionist Temporal Classification: Labelling Unsegmented "
      + "Sequence Data with Recurrent Neural Networks, ICML 2006",
  "Keras, keras.losses.CTC"
})
public record Ctc() implements ArrayLoss {
  /** Of an example's steps and states; 1 GiB in the making. */
  private static final int MOST_STATES = 1 << 27;

  private static final List<Input> INPUTS = List.of(
      Input.of("y_true", Domain.CLASS_INDEX).free(2),
      Input.of("y_pred", Domain.LOGIT).free(4, 3));

  @Override
  public List<Input> inputs() {
    return INPUTS;
  }

  @Override
  public boolean rowsAreIndependent() {
    return true;
  }

  @Override
  public Losses loss(Map<String, Tensor> inputs) {
    Tensor logits = checked(inputs);
    double[] losses = new double[logits.axis(0)];
    double[] values = Doubles.of(logits);
    for (int example = 0; example < losses.length; example++) {
      losses[example] = alignments(inputs, values, example).loss();
    }
    return Losses.of(Doubles.tensor(logits.dtype(), losses, losses.length));
  }

  @Override
  public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
    Tensor logits = checked(inputs);
    double[] values = Doubles.of(logits);
    double[] gradient = new double[values.length];
    int step = logits.axis(1) * logits.axis(2);
    for (int example = 0; example < upstream.size(); example++) {
      double factor = upstream.get(example);
      if (factor != 0) {
        alignments(inputs, values, example).addGradient(factor, gradient, example * step);
      }
    }
    return Map.of("y_pred", Doubles.tensor(logits.dtype(), gradient, logits.shape()));
  }

  private static Alignments alignments(Map<String, Tensor> inputs, double[] values, int example) {
    Tensor yTrue = Pair.of(inputs).yTrue();
    Tensor yPred = Pair.of(inputs).yPred();
    int[] labels = new int[yTrue.axis(1)];
    int count = 0;
    while (count < labels.length && yTrue.get(example * labels.length + count) != 0) {
      labels[count] = (int) yTrue.get(example * labels.length + count);
      count++;
    }
    int step = yPred.axis(1) * yPred.axis(2);
    double[] logits = Arrays.copyOfRange(values, example * step, (example + 1) * step);
    return new Alignments(Arrays.copyOf(labels, count), logits, yPred.axis(2));
  }

  private static Tensor checked(Map<String, Tensor> inputs) {
    Tensor yTrue = Pair.of(inputs).yTrue();
    Tensor yPred = Pair.of(inputs).yPred();
    if (yTrue.rank() != 2) {
      throw new InvalidInputException(
          "y_true",
          "y_true has shape " + Arrays.toString(yTrue.shape())
              + "; it holds a sequence of labels for each example: [batch, labels]");
    }
    if (yPred.rank() != 3) {
      throw new InvalidInputException(
          "y_pred",
          "y_pred has shape " + Arrays.toString(yPred.shape())
              + "; it holds logits at every time step: [batch, time, classes]");
    }
    if (yPred.axis(1) * (2L * yTrue.axis(1) + 1) > MOST_STATES) {
      throw new InvalidInputException(
          "y_pred",
          "y_pred has " + yPred.axis(1) + " time steps for up to " + yTrue.axis(1)
              + " labels; an example may have at most " + MOST_STATES
              + " steps x (2 labels + 1)");
    }
    int classes = yPred.axis(2);
    for (int i = 0; i < yTrue.size(); i++) {
      if (yTrue.get(i) >= classes) {
        throw new InvalidInputException(
            "y_true",
            i,
            "y_true must be a class index: an integer from 0 to " + (classes - 1) + ", got "
                + (long) yTrue.get(i));
      }
      boolean last = (i + 1) % yTrue.axis(1) == 0;
      if (yTrue.get(i) == 0 && !last && yTrue.get(i + 1) != 0) {
        throw new InvalidInputException(
            "y_true",
            i,
            "y_true is padded with 0, the blank, at its end only; a label follows this 0");
      }
    }
    return yPred;
  }
}
