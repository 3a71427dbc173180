package dev.losses.builtin.similarity;

import dev.losses.builtin.internal.LogSumExp;
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
 * N-pairs loss: the softmax cross-entropy of each row of a similarity matrix against the rows of its class, {@code
 * -sum(t_ij ln softmax(s_i)_j)}, with {@code t_ij = 1 / n_i} where the labels of {@code i} and {@code j} are equal, else
 * 0, and {@code n_i} the number of those that are.
 *
 * <p>{@code y_true} holds the class of each row, {@code [batch]}; {@code y_pred} holds the similarities {@code s} of
 * anchors (rows) to positives (columns), {@code [batch, batch]}, usually {@code a p^T} of their embeddings. A matrix that
 * is not square is an error. The unreduced loss has the shape {@code [batch]}. As in TensorFlow Addons, without a
 * regularisation of the embeddings.
 */
@LossName("npairs")
@Family("similarity")
@Description(
    "Softmax cross-entropy of each row of a similarity matrix against the columns of its class.")
@Reference({
  "K. Sohn, Improved Deep Metric Learning with Multi-class N-pair Loss Objective, NIPS 2016",
  "TensorFlow Addons, tfa.losses.NpairsLoss"
})
public record Npairs() implements ArrayLoss {
  private static final List<Input> INPUTS = List.of(
      Input.of("y_true", Domain.CLASS_INDEX).perRow(),
      Input.of("y_pred", Domain.REAL).free(Input.BATCH));

  @Override
  public List<Input> inputs() {
    return INPUTS;
  }

  @Override
  public Losses loss(Map<String, Tensor> inputs) {
    return anchors(inputs).losses();
  }

  @Override
  public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
    return anchors(inputs).gradient(upstream);
  }

  private static Anchors anchors(Map<String, Tensor> inputs) {
    Tensor yPred = Pair.of(inputs).yPred();
    if (yPred.rank() != 2 || yPred.axis(0) != yPred.axis(1)) {
      throw new InvalidInputException(
          "y_pred",
          "y_pred has shape " + Arrays.toString(yPred.shape())
              + "; it holds the similarity of every row to every row, so it must be square: [batch, batch]");
    }
    LabelledRows rows = LabelledRows.of(inputs);
    return rows.anchors(
        new Similarities(rows.values(), rows.count()),
        (anchor, similarities, slopes) -> cost(rows, anchor, similarities, slopes));
  }

  private static Anchors.Cost cost(
      LabelledRows rows, int anchor, double[] similarities, double[] slopes) {
    double sameClass = 0;
    for (int other = 0; other < similarities.length; other++) {
      sameClass += rows.sameClass(anchor, other) ? 1 : 0;
    }
    LogSumExp all = LogSumExp.of(similarities);
    double loss = 0;
    for (int other = 0; other < similarities.length; other++) {
      double target = rows.sameClass(anchor, other) ? 1 / sameClass : 0;
      loss += target == 0 ? 0 : target * all.minus(similarities[other]);
      slopes[other] = all.softmax(similarities[other]) - target;
    }
    return Anchors.Cost.of(loss);
  }

  /** A matrix that was given. */
  private static final class Similarities implements Pairs {
    private final double[] matrix;
    private final int count;

    Similarities(double[] matrix, int count) {
      this.matrix = matrix;
      this.count = count;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public void nearness(int anchor, double[] into) {
      System.arraycopy(matrix, anchor * count, into, 0, count);
    }

    @Override
    public void backpropagate(int anchor, double[] slopes, double[] gradient) {
      System.arraycopy(slopes, 0, gradient, anchor * count, count);
    }
  }
}
