package dev.losses.builtin.similarity;

import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;
import java.util.List;

/**
 * Hinge embedding loss: {@code p} where {@code t = 1}, {@code max(0, margin - p)} where {@code t = -1}; averaged over
 * the last axis.
 *
 * <p>{@code y_pred} is usually a distance. Both have one shape, {@code [batch, ..., features]}; the unreduced loss has
 * the shape {@code [batch, ...]}. As PyTorch's {@code HingeEmbeddingLoss}.
 *
 * @param margin the distance from which a dissimilar pair costs nothing; default 1
 */
@LossName("hinge_embedding")
@Family("similarity")
@Description("The distance of similar pairs, and what dissimilar ones lack to a margin.")
@Reference("PyTorch, torch.nn.HingeEmbeddingLoss")
public record HingeEmbedding(
    @Description("The distance from which a dissimilar pair costs nothing.")
    double margin) implements FormulaLoss {

  /** The default: margin 1. */
  public HingeEmbedding() {
    this(1.0);
  }

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.SIGN, Domain.REAL);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr dissimilar = constant(margin).minus(yPred).maximum(0);
    return where(yTrue.equalTo(1), yPred, where(yTrue.equalTo(-1), dissimilar, yTrue));
  }
}
