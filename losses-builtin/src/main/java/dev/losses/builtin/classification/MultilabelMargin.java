package dev.losses.builtin.classification;

import dev.losses.builtin.internal.Doubles;
import dev.losses.builtin.internal.Interruption;
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
 * Multi-label margin loss: {@code sum(max(0, 1 - (p_j - p_i))) / C} over every target {@code j} and every class {@code i}
 * that is none, with {@code C} classes.
 *
 * <p>{@code y_true} holds a list of classes in each row, ended by -1 where it is shorter than the row; what follows the -1
 * is ignored, but must be -1 or a class. {@code y_pred} holds scores. Both have one shape, {@code [batch, ..., classes]}
 * of rank 2 or more; the unreduced loss has the shape {@code [batch, ...]}. At a margin of exactly 1 the gradient is 0.
 * As in PyTorch; a class named twice costs twice.
 */
@LossName("multilabel_margin")
@Family("classification")
@Description("Hinge loss between the score of each target class and that of each other class.")
@Reference("PyTorch, torch.nn.functional.multilabel_margin_loss")
public record MultilabelMargin() implements ArrayLoss {
  private static final int END = -1;
  private static final List<Input> INPUTS =
      List.of(Input.of("y_true", Domain.CLASS_INDEX).except(END), Input.of("y_pred", Domain.REAL));

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
    Tensor scores = checked(inputs);
    int classes = scores.axis(scores.rank() - 1);
    double[] losses = new double[scores.size() / classes];
    for (int row = 0; row < losses.length; row++) {
      losses[row] = loss(inputs, row * classes, classes, new double[classes]);
    }
    int[] shape = Arrays.copyOf(scores.shape(), scores.rank() - 1);
    return Losses.of(Doubles.tensor(scores.dtype(), losses, shape));
  }

  @Override
  public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
    Tensor scores = checked(inputs);
    int classes = scores.axis(scores.rank() - 1);
    double[] gradient = new double[scores.size()];
    for (int row = 0; row < upstream.size(); row++) {
      double factor = upstream.get(row);
      if (factor != 0) {
        double[] slopes = new double[classes];
        double loss = loss(inputs, row * classes, classes, slopes);
        for (int c = 0; c < classes; c++) {
          gradient[row * classes + c] = Double.isNaN(loss) ? Double.NaN : factor * slopes[c];
        }
      }
    }
    return Map.of("y_pred", Doubles.tensor(scores.dtype(), gradient, scores.shape()));
  }

  /** The loss of the row that starts there, leaving its derivatives in {@code slopes}. */
  private static double loss(Map<String, Tensor> inputs, int from, int classes, double[] slopes) {
    Tensor yTrue = Pair.of(inputs).yTrue();
    Tensor yPred = Pair.of(inputs).yPred();
    int[] targets = new int[classes];
    boolean[] isTarget = new boolean[classes];
    int count = 0;
    while (count < classes && yTrue.get(from + count) != END) {
      targets[count] = (int) yTrue.get(from + count);
      isTarget[targets[count++]] = true;
    }
    double loss = 0;
    for (int k = 0; k < count; k++) {
      Interruption.check();
      int target = targets[k];
      for (int other = 0; other < classes; other++) {
        if (!isTarget[other]) {
          double missing = 1 - (yPred.get(from + target) - yPred.get(from + other));
          loss += Math.max(0, missing);
          double slope = missing > 0 ? 1.0 / classes : 0;
          slopes[target] -= slope;
          slopes[other] += slope;
        }
      }
    }
    return loss / classes;
  }

  private static Tensor checked(Map<String, Tensor> inputs) {
    Pair pair = Pair.ofRows(inputs, "classes");
    Tensor yTrue = pair.yTrue();
    Tensor yPred = pair.yPred();
    int classes = yPred.axis(yPred.rank() - 1);
    for (int i = 0; i < yTrue.size(); i++) {
      if (yTrue.get(i) >= classes) {
        throw new InvalidInputException(
            "y_true",
            i,
            "y_true must be -1 or a class index: an integer from 0 to " + (classes - 1) + ", got "
                + (long) yTrue.get(i));
      }
    }
    return yPred;
  }
}
