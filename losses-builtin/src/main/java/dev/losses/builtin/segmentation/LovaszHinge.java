package dev.losses.builtin.segmentation;

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
 * Lovasz hinge, the convex extension of the Jaccard loss of thresholded logits: with the hinge errors {@code e = 1 - (2t -
 * 1) p} of a row in descending order, {@code sum(max(e_k, 0) (J_k - J_(k-1)))}, where {@code J_k} is one minus
 * intersection over union when exactly the first {@code k} elements are predicted wrongly.
 *
 * <p>{@code y_true} holds 0 or 1, {@code y_pred} logits; both have one shape, {@code [batch, ..., elements]} of rank 2 or
 * more, and the unreduced loss has the shape {@code [batch, ...]}: flatten an image to a row. A label other than 0 and 1
 * is an error. As in the authors' {@code lovasz_hinge} for each image.
 *
 * <p>Where errors are equal their order does not change the loss. Of the gradients it allows, ours is the mean of that
 * with the elements of the truth first and that with them last, shared equally among equal elements of one label. At an
 * error of 0 the gradient is 0.
 */
@LossName("lovasz_hinge")
@Family("segmentation")
@Description("The convex extension of the Jaccard loss of each row of binary logits.")
@Reference(
    "M. Berman, A. Rannen Triki, M. B. Blaschko, The Lovasz-Softmax Loss: A Tractable Surrogate for the Optimization of "
        + "the Intersection-Over-Union Measure in Neural Networks, CVPR 2018")
public record LovaszHinge() implements ArrayLoss {

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.ONE_HOT, Domain.LOGIT);
  }

  @Override
  public boolean rowsAreIndependent() {
    return true;
  }

  @Override
  public Losses loss(Map<String, Tensor> inputs) {
    Tensor yPred = checked(inputs);
    int width = yPred.axis(yPred.rank() - 1);
    double[] losses = new double[yPred.size() / width];
    for (int row = 0; row < losses.length; row++) {
      losses[row] = row(inputs, row, width).loss();
    }
    int[] shape = Arrays.copyOf(yPred.shape(), yPred.rank() - 1);
    return Losses.of(Doubles.tensor(yPred.dtype(), losses, shape));
  }

  @Override
  public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
    Tensor yPred = checked(inputs);
    int width = yPred.axis(yPred.rank() - 1);
    double[] gradient = new double[yPred.size()];
    for (int row = 0; row < upstream.size(); row++) {
      if (upstream.get(row) != 0) {
        row(inputs, row, width).addGradient(upstream.get(row), gradient, row * width);
      }
    }
    return Map.of("y_pred", Doubles.tensor(yPred.dtype(), gradient, yPred.shape()));
  }

  private static Tensor checked(Map<String, Tensor> inputs) {
    Pair pair = Pair.ofRows(inputs, "elements");
    Tensor yTrue = pair.yTrue();
    Tensor yPred = pair.yPred();
    for (int i = 0; i < yTrue.size(); i++) {
      double label = yTrue.get(i);
      if (label != 0 && label != 1 && !Double.isNaN(label)) {
        throw new InvalidInputException("y_true", i, "y_true must be 0 or 1, got " + label);
      }
    }
    return yPred;
  }

  private static LovaszRow row(Map<String, Tensor> inputs, int row, int width) {
    Tensor yTrue = Pair.of(inputs).yTrue();
    Tensor yPred = Pair.of(inputs).yPred();
    boolean[] truth = new boolean[width];
    double[] leads = new double[width];
    for (int i = 0; i < width; i++) {
      double label = yTrue.get(row * width + i);
      double logit = yPred.get(row * width + i);
      truth[i] = label == 1;
      // 0 - 0 is not -0, which would come before 0.
      leads[i] = Double.isNaN(label) ? label : truth[i] ? 0 + logit : 0 - logit;
    }
    return new LovaszRow(truth, leads);
  }
}
