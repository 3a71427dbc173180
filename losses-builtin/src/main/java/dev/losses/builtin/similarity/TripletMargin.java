package dev.losses.builtin.similarity;

import dev.losses.spi.AtLeast;
import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.LossName;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.NonNegative;
import dev.losses.spi.Reference;
import java.util.List;

/**
 * Triplet margin loss: {@code max(0, margin + d(anchor, positive) - d(anchor, negative))} with {@code d(a, b) = |a - b
 * + eps|_p}.
 *
 * <p>The positive must be closer to the anchor than the negative by the margin. With {@code swap} the smaller of {@code
 * d(anchor, negative)} and {@code d(positive, negative)} counts. A distance of 0 has gradient 0.
 *
 * <p>All three have one shape, {@code [batch, ..., features]} of rank 2 or more; the unreduced loss has the shape
 * {@code [batch, ...]}. As PyTorch's {@code TripletMarginLoss}.
 *
 * @param margin by how much the positive must be closer, {@code >= 0}; default 1
 * @param p the norm, {@code >= 1}; default 2
 * @param eps added to every difference; default 1e-6
 * @param swap whether the closer of anchor and positive is compared with the negative; default false
 */
@LossName("triplet_margin")
@Family("similarity")
@Description("The positive must be closer to the anchor than the negative by a margin.")
@Reference({
  "V. Balntas et al., Learning Local Feature Descriptors with Triplets and Shallow Convolutional Neural Networks, BMVC 2016",
  "PyTorch, torch.nn.TripletMarginLoss"
})
public record TripletMargin(
    @NonNegative @Description("By how much the positive must be closer than the negative.")
    double margin,

    @AtLeast(1) @Description("The norm; 2 is Euclidean.") double p,

    @NonNegative @Description("Added to every difference, which keeps distances from 0.")
    double eps,

    @Description("Whether the closer of anchor and positive is compared with the negative.")
    boolean swap)
    implements NamedInputsLoss {

  /** The defaults: margin 1, Euclidean, eps 1e-6, no swap. */
  public TripletMargin() {
    this(1.0, 2.0, 1e-6, false);
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of("anchor", Domain.EMBEDDING),
        Input.of("positive", Domain.EMBEDDING),
        Input.of("negative", Domain.EMBEDDING));
  }

  @Override
  public Expr loss(Inputs in) {
    Expr toNegative = distance(in.get("anchor"), in.get("negative"));
    if (swap) {
      toNegative = toNegative.minimum(distance(in.get("positive"), in.get("negative")));
    }
    Expr toPositive = distance(in.get("anchor"), in.get("positive"));
    return toPositive.minus(toNegative).plus(margin).maximum(0);
  }

  private Expr distance(Expr a, Expr b) {
    return a.minus(b).plus(eps).norm(p);
  }
}
