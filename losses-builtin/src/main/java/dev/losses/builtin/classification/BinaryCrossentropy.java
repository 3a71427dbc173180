package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.constant;
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
 * Cross-entropy of independent yes-or-no predictions: {@code -t ln q - (1 - t) ln(1 - q)}, averaged over the last axis.
 *
 * <p>From probabilities, {@code q = clip(y_pred, 1e-7, 1 - 1e-7)}; where the clip takes hold the gradient is 0. From
 * logits, {@code q = sigmoid(y_pred)}, computed as {@code max(x, 0) - x t + ln(1 + e^-|x|)} with the first two as one product, which is finite for every
 * finite logit, and 0 for an infinite one on the right side; the gradient is {@code sigmoid(x) - t}. Smoothing replaces {@code t} by {@code t (1 - s) + s / 2}.
 *
 * <p>{@code y_true} in [0, 1] and {@code y_pred} have one shape, {@code [batch, ..., features]}; the unreduced loss has
 * the shape {@code [batch, ...]}. As in Keras. PyTorch's {@code BCELoss} clamps the logarithms at -100 instead of
 * clipping the probability: that is {@code binary_cross_entropy}.
 *
 * @param fromLogits whether {@code y_pred} holds logits; default false
 * @param labelSmoothing how far labels are moved towards 1/2, in [0, 1]; default 0
 */
@LossName(
    value = "binary_crossentropy",
    aliases = {"bce"})
@Family("classification")
@Description("Cross-entropy of independent yes-or-no predictions, from probabilities or logits.")
@Reference("Keras, keras.losses.BinaryCrossentropy")
public record BinaryCrossentropy(
    @Description("Whether y_pred holds logits rather than probabilities.")
    boolean fromLogits,

    @Between(min = 0, max = 1) @Description("How far labels are moved towards 1/2.")
    double labelSmoothing)
    implements FormulaLoss {
  private static final double EPSILON = 1e-7;

  /** The defaults: probabilities, no smoothing. */
  public BinaryCrossentropy() {
    this(false, 0.0);
  }

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.PROBABILITY, fromLogits ? Domain.LOGIT : Domain.PROBABILITY);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr target = yTrue.times(1 - labelSmoothing).plus(labelSmoothing / 2);
    return fromLogits ? ofLogit(target, yPred) : ofProbability(target, yPred);
  }

  private static Expr ofLogit(Expr target, Expr logit) {
    // max(x, 0) - x t as x (step(x) - t): both terms of the loss are then positive, and nothing
    // cancels. A step of 1/2 at 0 makes the gradient sigmoid(x) - t there too.
    Expr step = where(logit.greaterThan(0), 1, where(logit.lessThan(0), 0, 0.5));
    Expr miss = step.minus(target);
    // A hit costs nothing, however large the logit: it may be infinite.
    Expr cost = where(miss.equalTo(0), 0, logit.times(miss));
    return cost.plus(logit.abs().unaryMinus().softplus());
  }

  private static Expr ofProbability(Expr target, Expr probability) {
    Expr q = probability.clip(EPSILON, 1 - EPSILON);
    Expr yes = target.times(q.log());
    Expr no = constant(1).minus(target).times(q.unaryMinus().log1p());
    return yes.plus(no).unaryMinus();
  }
}
