package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.lastAxisSize;
import static dev.losses.spi.Expr.perClass;

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
 * Focal cross-entropy of rows of class probabilities: {@code sum(alpha (1 - q)^gamma (-t ln q))} over the last axis.
 *
 * <p>Predictions that are right already count little. {@code q = clip(p / sum(p), 1e-7, 1 - 1e-7)}; from logits, {@code
 * p = softmax(y_pred)}. Smoothing replaces {@code t} by {@code t (1 - s) + s / C} with {@code C} classes.
 *
 * <p>{@code y_true} holds one-hot rows or soft targets in [0, 1] in the shape of {@code y_pred}; {@code y_pred} has the
 * shape {@code [batch, ..., classes]} of rank 2 or more; the unreduced loss has the shape {@code [batch, ...]}. As in
 * Keras.
 *
 * @param alpha the weight of every class, or one for each; default 0.25
 * @param gamma how much right predictions are discounted, {@code >= 0}; default 2
 * @param fromLogits whether {@code y_pred} holds logits; default false
 * @param labelSmoothing how far targets are moved towards {@code 1 / C}, in [0, 1]; default 0
 */
@LossName("categorical_focal_crossentropy")
@Family("classification")
@Description("Categorical cross-entropy that discounts what is predicted well already.")
@Reference({
  "T.-Y. Lin et al., Focal Loss for Dense Object Detection, ICCV 2017",
  "Keras, keras.losses.CategoricalFocalCrossentropy"
})
public record CategoricalFocalCrossentropy(
    @NonNegative @Description("The weight of every class, or one for each class.")
    List<Double> alpha,

    @NonNegative @Description("How much right predictions are discounted; 0 is cross-entropy.")
    double gamma,

    @Description("Whether y_pred holds logits rather than probabilities.")
    boolean fromLogits,

    @Between(min = 0, max = 1)
    @Description("How far targets are moved towards the same probability for every class.")
    double labelSmoothing)
    implements FormulaLoss {

  private static final double EPSILON = 1e-7;

  /** Keeps a copy of alpha. */
  public CategoricalFocalCrossentropy {
    alpha = List.copyOf(alpha);
  }

  /** The defaults: alpha 0.25, gamma 2, probabilities, no smoothing. */
  public CategoricalFocalCrossentropy() {
    this(List.of(0.25), 2.0, false, 0.0);
  }

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.ONE_HOT, fromLogits ? Domain.LOGIT : Domain.PROBABILITY);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr target =
        yTrue.times(1 - labelSmoothing).plus(constant(labelSmoothing).div(lastAxisSize()));
    Expr p = fromLogits ? yPred.softmax() : yPred.div(yPred.sum());
    Expr q = p.clip(EPSILON, 1 - EPSILON);
    Expr crossEntropy = target.times(q.log()).unaryMinus();
    Expr factor = constant(1).minus(q).pow(gamma);
    return perClass(alpha).times(factor).times(crossEntropy).sum();
  }
}
