package dev.losses.builtin.similarity;

import dev.losses.spi.Description;
import dev.losses.spi.Family;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;
import dev.losses.spi.Reference;

/**
 * InfoNCE, also NT-Xent: for a row {@code i}, the mean over the other rows {@code j} of its class of {@code -ln(e^(s_ij
 * / T) / sum(e^(s_ik / T)))}, the sum over all {@code k} but {@code i}, with the cosine {@code s} and the temperature
 * {@code T}.
 *
 * <p>{@code y_true} holds the class of each row, {@code [batch]}: the views of one image share a number of their own.
 * {@code y_pred} holds embeddings, {@code [batch, features]} of any length: the cosine divides by {@code max(norm,
 * 1e-7)}. The unreduced loss has the shape {@code [batch]}; a row that is alone in its class costs 0 and counts 0 in the
 * mean. A row that is masked out is still compared with the others.
 *
 * <p>With two views of each image this is the loss of SimCLR. With larger classes it is
 * {@link SupervisedContrastive}, which has another default temperature.
 *
 * @param temperature what cosines are divided by, {@code > 0}; default 0.07
 */
@LossName(
    value = "info_nce",
    aliases = {"ntxent"})
@Family("similarity")
@Description(
    "Cross-entropy of picking a row of the same class among all other rows of the batch by their cosine.")
@Reference({
  "A. van den Oord, Y. Li, O. Vinyals, Representation Learning with Contrastive Predictive Coding, 2018",
  "T. Chen, S. Kornblith, M. Norouzi, G. Hinton, A Simple Framework for Contrastive Learning of Visual "
      + "Representations (SimCLR), ICML 2020"
})
public record InfoNce(
    @Positive @Description("What cosines are divided by; small ones look at the nearest rows.")
    double temperature)
    implements AnchoredLoss {

  /** The default: temperature 0.07. */
  public InfoNce() {
    this(0.07);
  }

  @Override
  public Anchors anchors(LabelledRows rows) {
    return SoftmaxOverOthers.anchors(rows, temperature);
  }
}
