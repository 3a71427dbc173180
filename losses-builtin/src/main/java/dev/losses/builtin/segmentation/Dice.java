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
 * Dice loss: {@code 1 - 2 sum(t p) / (sum(t) + sum(p) + 1e-7)}.
 *
 * <p>{@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ...]}; usually both lie in [0, 1], which
 * is not enforced. With {@code axis} null there is one loss of shape {@code []} for the whole batch, and a sample weight
 * is a single number; else the losses have the shape of the axes that are not summed over, the batch first. As in Keras.
 *
 * <p>Where truth and prediction are both empty, the loss is 1.
 *
 * @param axis the axes that are summed over, negative ones from the end; the batch, axis 0, only with all the others.
 *     Default null, all
 */
@LossName("dice")
@Family("segmentation")
@Description(
    "One minus twice the overlap over the sizes of both regions: 0 for a perfect prediction.")
@Reference({
  "F. Milletari, N. Navab, S.-A. Ahmadi, V-Net: Fully Convolutional Neural Networks for Volumetric Medical Image "
      + "Segmentation, 3DV 2016",
  "Keras, keras.losses.Dice"
})
public record Dice(
    @Description(
        "The axes that are summed over, negative ones from the end; null for all, which gives one loss for the whole "
            + "batch.")
    @Nullable
    List<Integer> axis)
    implements OverlapLoss {
  private static final double EPSILON = 1e-7;

  /** Copies the axes. */
  public Dice {
    axis = axis == null ? null : List.copyOf(axis);
  }

  /** The default: one loss for the whole batch. */
  public Dice() {
    this(null);
  }

  @Override
  public Overlap overlap(Map<String, Tensor> inputs) {
    return new Overlap(0.5, 0.5, EPSILON / 2, axis, inputs);
  }
}
