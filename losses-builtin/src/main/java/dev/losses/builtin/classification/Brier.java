package dev.losses.builtin.classification;

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
 * Brier score: {@code (p - t)^2}, averaged over the last axis.
 *
 * <p>The squared error of a probability, a proper scoring rule. {@code y_true} in [0, 1] and {@code y_pred} have one
 * shape, {@code [batch, ..., features]}; the unreduced loss has the shape {@code [batch, ...]}. It has no parameters.
 * As scikit-learn's {@code brier_score_loss} for two classes.
 */
@LossName(
    value = "brier",
    aliases = {"brier_score"})
@Family("classification")
@Description("The squared error of predicted probabilities.")
@Reference({
  "G. W. Brier, Verification of Forecasts Expressed in Terms of Probability, Monthly Weather Review 78(1), 1950",
  "scikit-learn, sklearn.metrics.brier_score_loss"
})
public record Brier() implements FormulaLoss {

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.PROBABILITY, Domain.PROBABILITY);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return yPred.minus(yTrue).squared();
  }
}
