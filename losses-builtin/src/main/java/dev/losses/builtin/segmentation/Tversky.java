package dev.losses.builtin.segmentation;

import dev.losses.spi.Description;
import dev.losses.spi.Family;
import dev.losses.spi.LossName;
import dev.losses.spi.NonNegative;
import dev.losses.spi.Reference;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tversky loss: {@code 1 - TP / (TP + alpha FP + beta FN + 1e-7)}, with {@code TP = sum(t p)}, {@code FP = sum((1 - t)
 * p)} and {@code FN = sum(t (1 - p))}.
 *
 * <p>{@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ...]}; usually both lie in [0, 1], which
 * is not enforced. With {@code axis} null there is one loss of shape {@code []} for the whole batch, and a sample weight
 * is a single number; else the losses have the shape of the axes that are not summed over, the batch first.
 *
 * <p>As in the paper. Keras's code swaps the two: its {@code alpha} multiplies {@code sum(t (1 - p))}; exchange
 * {@code alpha} and {@code beta} to get its numbers.
 *
 * <p>{@code alpha = beta = 0.5} is {@link Dice}, but for the 1e-7; {@code alpha = beta = 1} is {@link Jaccard}. Where
 * truth and prediction are both empty, the loss is 1.
 *
 * @param alpha what a false positive costs, {@code >= 0}; default 0.5
 * @param beta what a false negative costs, {@code >= 0}; default 0.5
 * @param axis the axes that are summed over, negative ones from the end; the batch, axis 0, only with all the others.
 *     Default null, all
 */
@LossName("tversky")
@Family("segmentation")
@Description("Dice loss that weighs false positives and false negatives differently.")
@Reference({
  "S. S. M. Salehi, D. Erdogmus, A. Gholipour, Tversky Loss Function for Image Segmentation Using 3D Fully Convolutional "
      + "Deep Networks, MLMI 2017",
  "Keras, keras.losses.Tversky"
})
public record Tversky(
    @NonNegative @Description("What a false positive costs.")
    double alpha,

    @NonNegative @Description("What a false negative costs.")
    double beta,

    @Description(
        "The axes that are summed over, negative ones from the end; null for all, which gives one loss for the whole "
            + "batch.")
    @Nullable
    List<Integer> axis)
    implements OverlapLoss {
  private static final double EPSILON = 1e-7;

  /** Copies the axes. */
  public Tversky {
    axis = axis == null ? null : List.copyOf(axis);
  }

  /** The defaults: alpha and beta 0.5, one loss for the whole batch. */
  public Tversky() {
    this(0.5, 0.5, null);
  }

  @Override
  public Overlap overlap(Map<String, Tensor> inputs) {
    return new Overlap(alpha, beta, EPSILON, axis, inputs);
  }
}
