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
import dev.losses.spi.NonNegative;
import dev.losses.spi.Reference;
import java.util.List;

/**
 * Focal cross-entropy of yes-or-no predictions: {@code (1 - p_t)^gamma BCE}, averaged over the last axis, with {@code
 * p_t = t p + (1 - t) (1 - p)}.
 *
 * <p>Predictions that are right already count little. BCE is {@code binary_crossentropy}'s, with its clip; {@code p_t}
 * is not clipped. With class balancing the loss is multiplied by {@code t alpha + (1 - t) (1 - alpha)}. Smoothing
 * replaces {@code t} by {@code t (1 - s) + s / 2} throughout. From logits, {@code p = sigmoid(y_pred)} and BCE is
 * computed from the logit, without a clip.
 *
 * <p>{@code y_true} in [0, 1] and {@code y_pred} have one shape, {@code [batch, ..., features]}; the unreduced loss has
 * the shape {@code [batch, ...]}. As in Keras.
 *
 * @param applyClassBalancing whether {@code alpha} is applied; default false
 * @param alpha the weight of class 1, in [0, 1]; default 0.25
 * @param gamma how much right predictions are discounted, {@code >= 0}; default 2
 * @param fromLogits whether {@code y_pred} holds logits; default false
 * @param labelSmoothing how far labels are moved towards 1/2, in [0, 1]; default 0
 */
@LossName("binary_focal_crossentropy")
@Family("classification")
@Description("Binary cross-entropy that discounts what is predicted well already.")
@Reference({
  "T.-Y. Lin et al., Focal Loss for Dense Object Detection, ICCV 2017",
  "Keras, keras.losses.BinaryFocalCrossentropy"
})
public record BinaryFocalCrossentropy(
    @Description("Whether alpha is applied.") boolean applyClassBalancing,

    @Between(min = 0, max = 1) @Description("The weight of class 1; class 0 has the rest.")
    double alpha,

    @NonNegative @Description("How much right predictions are discounted; 0 is cross-entropy.")
    double gamma,

    @Description("Whether y_pred holds logits rather than probabilities.")
    boolean fromLogits,

    @Between(min = 0, max = 1) @Description("How far labels are moved towards 1/2.")
    double labelSmoothing)
    implements FormulaLoss {

  /** The defaults: no balancing, alpha 0.25, gamma 2, probabilities, no smoothing. */
  public BinaryFocalCrossentropy() {
    this(false, 0.25, 2.0, false, 0.0);
  }

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.PROBABILITY, fromLogits ? Domain.LOGIT : Domain.PROBABILITY);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr target = yTrue.times(1 - labelSmoothing).plus(labelSmoothing / 2);
    Expr no = constant(1).minus(target);
    Expr p = fromLogits ? yPred.sigmoid() : yPred;
    Expr notP = fromLogits ? yPred.unaryMinus().sigmoid() : constant(1).minus(yPred);
    Expr wrong = target.times(notP).plus(no.times(p));
    // Near 0 a power below 1 has no finite derivative.
    Expr power = wrong.pow(gamma);
    Expr factor = where(wrong.lessThan(Float.MIN_NORMAL), power.detached(), power);
    Expr loss = factor.times(new BinaryCrossentropy(fromLogits, labelSmoothing).loss(yTrue, yPred));
    return applyClassBalancing ? target.times(alpha).plus(no.times(1 - alpha)).times(loss) : loss;
  }
}
