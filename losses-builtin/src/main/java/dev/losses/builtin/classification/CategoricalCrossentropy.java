package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.lastAxisSize;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Between;
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
 * Cross-entropy of rows of class probabilities: {@code -sum(t ln q)} over the last axis.
 *
 * <p>From probabilities, {@code q = clip(p / sum(p), 1e-7, 1 - 1e-7)}: rows need not sum to 1, and the gradient flows
 * through the division. From logits, {@code ln q} is {@code log_softmax}. Smoothing replaces {@code t} by {@code t (1 -
 * s) + s / C} with {@code C} classes.
 *
 * <p>{@code y_true} holds one-hot rows or soft targets in [0, 1], {@code y_pred} has the same shape {@code [batch, ...,
 * classes]} of rank 2 or more; the unreduced loss has the shape {@code [batch, ...]}. As in Keras; PyTorch's
 * {@code CrossEntropyLoss} takes logits alone, with classes on the second axis.
 *
 * @param fromLogits whether {@code y_pred} holds logits; default false
 * @param labelSmoothing how far targets are moved towards {@code 1 / C}, in [0, 1]; default 0
 */
@LossName(
    value = "categorical_crossentropy",
    aliases = {"cce"})
@Family("classification")
@Description(
    "Cross-entropy of rows of class probabilities against one-hot rows, from probabilities or logits.")
@Reference("Keras, keras.losses.CategoricalCrossentropy")
public record CategoricalCrossentropy(
    @Description("Whether y_pred holds logits rather than probabilities.")
    boolean fromLogits,

    @Between(min = 0, max = 1)
    @Description("How far targets are moved towards the same probability for every class.")
    double labelSmoothing)
    implements FormulaLoss {
  private static final double EPSILON = 1e-7;

  /** The defaults: probabilities, no smoothing. */
  public CategoricalCrossentropy() {
    this(false, 0.0);
  }

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.ONE_HOT, fromLogits ? Domain.LOGIT : Domain.PROBABILITY);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr target =
        yTrue.times(1 - labelSmoothing).plus(constant(labelSmoothing).div(lastAxisSize()));
    // A class that nobody expects may have the logit -infinity; the clip bounds the other form.
    Expr cost = fromLogits
        ? where(target.equalTo(0), 0, target.times(yPred.logSoftmax()))
        : target.times(yPred.div(yPred.sum()).clip(EPSILON, 1 - EPSILON).log());
    return cost.sum().unaryMinus();
  }
}
