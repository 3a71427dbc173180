package dev.losses.builtin.segmentation;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.Description;
import dev.losses.spi.Family;
import dev.losses.spi.LossName;
import dev.losses.spi.Losses;
import dev.losses.spi.NonNegative;
import dev.losses.spi.Reference;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Focal Tversky loss: the Tversky loss {@code 1 - TP / (TP + alpha FP + beta FN + 1e-7)} to the power {@code gamma},
 * with {@code TP = sum(t p)}, {@code FP = sum((1 - t) p)} and {@code FN = sum(t (1 - p))}.
 *
 * <p>{@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ...]}; usually both lie in [0, 1], which
 * is not enforced. With {@code axis} null there is one loss of shape {@code []} for the whole batch, and a sample weight
 * is a single number; else the losses have the shape of the axes that are not summed over, the batch first.
 *
 * <p>The paper writes the exponent as {@code 1 / gamma} with a gamma from 1 to 3; here it is given as it is, 0.75 being
 * {@code 1 / (4/3)}. Its alpha weighs what was missed and its beta what was wrongly found: there they are the other way
 * round; here they are as in {@code tversky}. At a Tversky loss of 0 the gradient is 0; below it, where inputs outside [0, 1]
 * may lead, it counts as 0.
 *
 * @param alpha what a false positive costs, {@code >= 0}; default 0.5
 * @param beta what a false negative costs, {@code >= 0}; default 0.5
 * @param gamma the exponent, {@code >= 0}; below 1 it stresses regions that are nearly right. Default 0.75
 * @param axis the axes that are summed over, negative ones from the end; the batch, axis 0, only with all the others.
 *     Default null, all
 */
@LossName("focal_tversky")
@Family("segmentation")
@Description("Tversky loss to a power, which turns attention to regions that are harder or easier.")
@Reference(
    "N. Abraham, N. M. Khan, A Novel Focal Tversky Loss Function with Improved Attention U-Net for Lesion Segmentation, "
        + "ISBI 2019")
public record FocalTversky(
    @NonNegative @Description("What a false positive costs.")
    double alpha,

    @NonNegative @Description("What a false negative costs.")
    double beta,

    @NonNegative @Description("The exponent.") double gamma,

    @Description(
        "The axes that are summed over, negative ones from the end; null for all, which gives one loss for the whole "
            + "batch.")
    @Nullable
    List<Integer> axis)
    implements ArrayLoss {
  private static final double EPSILON = 1e-7;

  /** Copies the axes. */
  public FocalTversky {
    axis = axis == null ? null : List.copyOf(axis);
  }

  /** The defaults: alpha and beta 0.5, gamma 0.75, one loss for the whole batch. */
  public FocalTversky() {
    this(0.5, 0.5, 0.75, null);
  }

  @Override
  public Losses loss(Map<String, Tensor> inputs) {
    return overlap(inputs).losses(tversky -> Math.pow(Math.max(tversky, 0), gamma));
  }

  @Override
  public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
    return overlap(inputs).gradient(upstream, this::slope);
  }

  /** The derivative of the power; at 0, where it has no bound for small exponents, and below it is 0. */
  private double slope(double tversky) {
    return tversky <= 0 ? 0 : gamma * Math.pow(tversky, gamma - 1);
  }

  private Overlap overlap(Map<String, Tensor> inputs) {
    return new Overlap(alpha, beta, EPSILON, axis, inputs);
  }
}
