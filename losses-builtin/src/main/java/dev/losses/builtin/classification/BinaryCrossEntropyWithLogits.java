package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.perClass;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.LossName;
import dev.losses.spi.NonNegative;
import dev.losses.spi.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross-entropy from logits with PyTorch's arithmetic: {@code -w t ln sigmoid(x) - (1 - t) ln sigmoid(-x)} with
 * the weight {@code w} of the positive class, averaged over the last axis.
 *
 * <p>Finite for every finite logit. {@code y_true} in [0, 1] and {@code y_pred} have one shape, {@code [batch, ...,
 * features]}; the unreduced loss has the shape {@code [batch, ...]}. As PyTorch's {@code BCEWithLogitsLoss}.
 *
 * @param posWeight the weight of positive answers, one for each position of the last axis or a single one, {@code >=
 *     0}; default null, 1
 */
@LossName("binary_cross_entropy_with_logits")
@Family("classification")
@Description(
    "Cross-entropy of independent yes-or-no predictions from logits, with a weight for positive answers.")
@Reference({
  "PyTorch, torch.nn.functional.binary_cross_entropy_with_logits",
  "PyTorch, torch.nn.BCEWithLogitsLoss"
})
public record BinaryCrossEntropyWithLogits(
    @NonNegative
    @Description(
        "The weight of positive answers, one for each position or a single one; null for 1.")
    @Nullable
    List<Double> posWeight)
    implements FormulaLoss {

  /** Keeps a copy of the weights. */
  public BinaryCrossEntropyWithLogits {
    posWeight = posWeight == null ? null : List.copyOf(posWeight);
  }

  /** The default: no weight. */
  public BinaryCrossEntropyWithLogits() {
    this(null);
  }

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.PROBABILITY, Domain.LOGIT);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    if (posWeight == null) {
      return new BinaryCrossentropy(true, 0).loss(yTrue, yPred);
    }
    // A single number is a constant, not a row: a batch of scalars has no rows.
    Expr weight = posWeight.size() == 1 ? constant(posWeight.get(0)) : perClass(posWeight);
    Expr yes = weight.times(yTrue);
    Expr no = constant(1).minus(yTrue);
    return product(yes, yPred.unaryMinus().softplus()).plus(product(no, yPred.softplus()));
  }

  /** 0 where there is no weight: an infinite logit costs an infinity, and is right. */
  private static Expr product(Expr weight, Expr cost) {
    return where(weight.equalTo(0), 0, weight.times(cost));
  }
}
