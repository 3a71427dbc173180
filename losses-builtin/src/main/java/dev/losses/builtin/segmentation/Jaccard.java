package dev.losses.builtin.segmentation;

import dev.losses.spi.Description;
import dev.losses.spi.Family;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jaccard loss, one minus intersection over union: {@code 1 - sum(t p) / (sum(t) + sum(p) - sum(t p) + 1e-7)}.
 *
 * <p>{@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ...]}; usually both lie in [0, 1], which
 * is not enforced. With {@code axis} null there is one loss of shape {@code []} for the whole batch, and a sample weight
 * is a single number; else the losses have the shape of the axes that are not summed over, the batch first.
 *
 * <p>Where truth and prediction are both empty, the loss is 1. For the loss that follows the index of thresholded
 * predictions see {@link LovaszHinge}.
 *
 * @param axis the axes that are summed over, negative ones from the end; the batch, axis 0, only with all the others.
 *     Default null, all
 */
@LossName(
    value = "jaccard",
    aliases = {"iou"})
@Family("segmentation")
@Description("One minus the overlap of two regions over their union: 0 for a perfect prediction.")
@Reference(
    "M. A. Rahman, Y. Wang, Optimizing Intersection-Over-Union in Deep Neural Networks for Image Segmentation, ISVC 2016")
public record Jaccard(
    @Description(
        "The axes that are summed over, negative ones from the end; null for all, which gives one loss for the whole "
            + "batch.")
    @Nullable
    List<Integer> axis)
    implements OverlapLoss {
  private static final double EPSILON = 1e-7;

  /** Copies the axes. */
  public Jaccard {
    axis = axis == null ? null : List.copyOf(axis);
  }

  /** The default: one loss for the whole batch. */
  public Jaccard() {
    this(null);
  }

  @Override
  public Overlap overlap(Map<String, Tensor> inputs) {
    return new Overlap(1, 1, EPSILON, axis, inputs);
  }
}
