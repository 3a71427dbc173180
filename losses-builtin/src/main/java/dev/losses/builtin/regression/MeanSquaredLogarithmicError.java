package dev.losses.builtin.regression;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;

/**
 * Mean squared logarithmic error: {@code (ln(1 + max(y_pred, 1e-7)) - ln(1 + max(y_true, 1e-7)))^2}, averaged over the
 * last axis.
 *
 * <p>It compares orders of magnitude; too small a prediction costs more than one too large. Values below 1e-7 count as
 * 1e-7, and have no gradient. {@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ...,
 * features]}; the unreduced loss has the shape {@code [batch, ...]}. It has no parameters. As in Keras.
 */
@LossName(
    value = "mean_squared_logarithmic_error",
    aliases = {"msle"})
@Family("regression")
@Description("The squared difference of logarithms: compares orders of magnitude.")
@Reference("Keras, keras.losses.MeanSquaredLogarithmicError")
public record MeanSquaredLogarithmicError() implements FormulaLoss {

  private static final double EPSILON = 1e-7;

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return logarithm(yPred).minus(logarithm(yTrue)).squared();
  }

  private static Expr logarithm(Expr value) {
    return value.maximum(EPSILON).log1p();
  }
}
