package dev.losses.builtin.similarity;

import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.LossName;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Positive;
import dev.losses.spi.Reference;
import java.util.List;

/**
 * Contrastive loss of pairs of embeddings: {@code t d^2 + (1 - t) max(margin - d, 0)^2} with {@code d = |left -
 * right|}.
 *
 * <p>What {@code contrastive} computes from a distance, with the distance computed too: one call trains both arms of a
 * Siamese network. {@code t} is 1 for a similar pair, 0 for a dissimilar one, or a probability between. The gradient of
 * equal embeddings is 0.
 *
 * <p>{@code left} and {@code right} have one shape, {@code [batch, ..., features]} of rank 2 or more, {@code y_true} a
 * value for each pair; the unreduced loss has the shape {@code [batch, ...]}. The paper labels the other way round (0
 * for similar) and halves the loss.
 *
 * @param margin the distance from which a dissimilar pair costs nothing, {@code > 0}; default 1
 */
@LossName("contrastive_embedding")
@Family("similarity")
@Description(
    "Pulls the embeddings of similar pairs together and pushes dissimilar ones apart up to a margin; trains Siamese networks.")
@Reference(
    "R. Hadsell, S. Chopra, Y. LeCun, Dimensionality Reduction by Learning an Invariant Mapping, CVPR 2006")
public record ContrastiveEmbedding(
    @Positive @Description("The distance from which a dissimilar pair costs nothing.")
    double margin)
    implements NamedInputsLoss {

  /** The default: margin 1. */
  public ContrastiveEmbedding() {
    this(1.0);
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of("left", Domain.EMBEDDING),
        Input.of("right", Domain.EMBEDDING),
        Input.of("y_true", Domain.PROBABILITY).perRow());
  }

  @Override
  public Expr loss(Inputs in) {
    Expr distance = in.get("left").minus(in.get("right")).norm(2);
    return new Contrastive(margin).loss(in.get("y_true"), distance);
  }
}
