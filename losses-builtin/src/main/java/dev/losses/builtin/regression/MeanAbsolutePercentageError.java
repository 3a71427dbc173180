package dev.losses.builtin.regression;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;

/**
 * Mean absolute percentage error: {@code 100 |y_pred - y_true| / max(|y_true|, 1e-7)}, averaged over the last axis.
 *
 * <p>The answer is in per cent. A target of 0 counts as 1e-7, so errors there are huge. {@code y_true} and {@code
 * y_pred} are real and of one shape, {@code [batch, ..., features]}; the unreduced loss has the shape {@code [batch,
 * ...]}. It has no parameters. As in Keras.
 */
@LossName(
    value = "mean_absolute_percentage_error",
    aliases = {"mape"})
@Family("regression")
@Description("The error in per cent of the target.")
@Reference("Keras, keras.losses.MeanAbsolutePercentageError")
public record MeanAbsolutePercentageError() implements FormulaLoss {

  private static final double EPSILON = 1e-7;

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return yPred.minus(yTrue).abs().div(yTrue.abs().maximum(EPSILON)).times(100);
  }
}
