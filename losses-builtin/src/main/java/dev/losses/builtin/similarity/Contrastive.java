package dev.losses.builtin.similarity;

import static dev.losses.spi.Expr.constant;

import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;
import dev.losses.spi.Reference;
import java.util.List;

/**
 * Contrastive loss of a pair's distance: {@code t d^2 + (1 - t) max(margin - d, 0)^2}, averaged over the last axis.
 *
 * <p>{@code y_pred} is the distance {@code d >= 0} of the pair, {@code y_true} is {@code t}: 1 for a similar pair, 0
 * for
 * a dissimilar one, or a probability between. Both have one shape, usually {@code [batch]} with a loss for each pair.
 * At {@code d = margin} the gradient is 0.
 *
 * <p>As in TensorFlow Addons. The paper labels the other way round (0 for similar) and halves the loss.
 *
 * @param margin the distance from which a dissimilar pair costs nothing, {@code > 0}; default 1
 */
@LossName("contrastive")
@Family("similarity")
@Description(
    "Pulls similar pairs together and pushes dissimilar ones apart up to a margin; takes the distance of each "
        + "pair, as a siamese network gives it.")
@Reference({
  "R. Hadsell, S. Chopra, Y. LeCun, Dimensionality Reduction by Learning an Invariant Mapping, CVPR 2006",
  "TensorFlow Addons, tfa.losses.ContrastiveLoss"
})
public record Contrastive(
    @Positive @Description("The distance from which a dissimilar pair costs nothing.")
    double margin)
    implements FormulaLoss {

  /** The default: margin 1. */
  public Contrastive() {
    this(1.0);
  }

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.PROBABILITY, Domain.DISTANCE);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr similar = yPred.squared();
    Expr dissimilar = constant(margin).minus(yPred).maximum(0).squared();
    return yTrue.times(similar).plus(constant(1).minus(yTrue).times(dissimilar));
  }
}
