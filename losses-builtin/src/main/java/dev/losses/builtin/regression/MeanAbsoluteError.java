package dev.losses.builtin.regression;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;

/**
 * Mean absolute error: {@code |y_pred - y_true|}, averaged over the last axis.
 *
 * <p>{@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ..., features]}; the unreduced loss
 * has
 * the shape {@code [batch, ...]}. It has no parameters. Where the error is 0 the gradient is 0, as in PyTorch.
 */
@LossName(
    value = "mean_absolute_error",
    aliases = {"mae", "l1"})
@Family("regression")
@Description(
    "The absolute error; robust to outliers, with a gradient of the same size however small the error.")
@Reference("Keras, keras.losses.MeanAbsoluteError")
public record MeanAbsoluteError() implements FormulaLoss {

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return yPred.minus(yTrue).abs();
  }
}
