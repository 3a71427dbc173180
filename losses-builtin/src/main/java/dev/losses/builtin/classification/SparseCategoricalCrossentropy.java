package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.classIndex;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Condition;
import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cross-entropy of rows of class probabilities against class indices: {@code -ln q_y}.
 *
 * <p>From probabilities, {@code q_y = clip(p_y / sum(p), 1e-7, 1 - 1e-7)}, computed from the odds against it so that a
 * loss near 0 keeps its digits; from logits, {@code ln q} is
 * {@code log_softmax}. A row whose label is the ignored class costs 0 and counts 0 in the mean.
 *
 * <p>{@code y_true} holds one class index for each row, {@code [batch, ...]} or with a trailing axis of size 1;
 * {@code y_pred} has the shape {@code [batch, ..., classes]} of rank 2 or more; the unreduced loss has the shape
 * {@code [batch, ...]}. As in Keras, save that an index that is not a class is an error.
 *
 * @param fromLogits whether {@code y_pred} holds logits; default false
 * @param ignoreClass the label of rows left out, a class or any other whole number; default null, none
 */
@LossName(
    value = "sparse_categorical_crossentropy",
    aliases = {"scce"})
@Family("classification")
@Description(
    "Cross-entropy of rows of class probabilities against class indices, from probabilities or logits.")
@Reference("Keras, keras.losses.SparseCategoricalCrossentropy")
public record SparseCategoricalCrossentropy(
    @Description("Whether y_pred holds logits rather than probabilities.")
    boolean fromLogits,

    @Description("The label of rows left out of the mean; null for none.") @Nullable
    Integer ignoreClass)
    implements FormulaLoss {
  private static final double EPSILON = 1e-7;

  /** The defaults: probabilities, no label ignored. */
  public SparseCategoricalCrossentropy() {
    this(false, null);
  }

  @Override
  public List<Input> inputs() {
    Input labels = Input.of("y_true", Domain.CLASS_INDEX).perRow();
    return List.of(
        ignoreClass == null ? labels : labels.except(ignoreClass),
        Input.of("y_pred", fromLogits ? Domain.LOGIT : Domain.PROBABILITY));
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr loss =
        fromLogits ? yPred.logSoftmax().at(yTrue).unaryMinus() : ofProbability(yTrue, yPred);
    if (ignoreClass == null) {
      return loss;
    }
    Condition ignored = yTrue.equalTo(ignoreClass);
    return where(ignored, 0, loss).countedAs(where(ignored, 0, 1));
  }

  /** {@code -ln q = ln(1 + odds)} with the odds against the class, which keep their digits where q is near 1. */
  private static Expr ofProbability(Expr yTrue, Expr yPred) {
    Expr others = where(classIndex().equalTo(yTrue), 0, yPred).sum();
    Expr odds = others.div(yPred.at(yTrue));
    return odds.clip(EPSILON / (1 - EPSILON), (1 - EPSILON) / EPSILON).log1p();
  }
}
