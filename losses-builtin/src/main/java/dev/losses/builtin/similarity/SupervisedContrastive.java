package dev.losses.builtin.similarity;

import dev.losses.spi.Description;
import dev.losses.spi.Family;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;
import dev.losses.spi.Reference;

/**
 * Supervised contrastive loss, {@code L_out} of the paper: for a row {@code i}, {@code -1/|P(i)| sum over p in P(i) of
 * ln(e^(z_i.z_p / T) / sum(e^(z_i.z_a / T)))}, the inner sum over all rows {@code a} but {@code i}, {@code P(i)} the
 * other rows of its class, {@code z} the embedding of length 1 and {@code T} the temperature.
 *
 * <p>{@code y_true} holds the class of each row, {@code [batch]}; {@code y_pred} holds embeddings, {@code [batch,
 * features]} of any length: they are divided by {@code max(norm, 1e-7)} here, and the gradient flows through that. The
 * unreduced loss has the shape {@code [batch]}; a row that is alone in its class costs 0 and counts 0 in the mean. A row
 * that is masked out is still compared with the others.
 *
 * <p>The authors' code also multiplies the loss by {@code T} over a base temperature; this one, like the paper, does not.
 *
 * @param temperature what inner products are divided by, {@code > 0}; default 0.1
 */
@LossName("supervised_contrastive")
@Family("similarity")
@Description(
    "Pulls all rows of one class together and pushes them away from all other rows of the batch.")
@Reference("P. Khosla et al., Supervised Contrastive Learning, NeurIPS 2020")
public record SupervisedContrastive(
    @Positive
    @Description("What inner products are divided by; small ones look at the nearest rows.")
    double temperature)
    implements AnchoredLoss {

  /** The default: temperature 0.1. */
  public SupervisedContrastive() {
    this(0.1);
  }

  @Override
  public Anchors anchors(LabelledRows rows) {
    return SoftmaxOverOthers.anchors(rows, temperature);
  }
}
