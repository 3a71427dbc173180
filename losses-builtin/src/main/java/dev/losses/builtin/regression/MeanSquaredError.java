package dev.losses.builtin.regression;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;

/**
 * Mean squared error: {@code (y_pred - y_true)^2}, averaged over the last axis.
 *
 * <p>{@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ..., features]}; the unreduced loss
 * has
 * the shape {@code [batch, ...]}. It has no parameters. As in Keras and PyTorch; there is no factor 1/2.
 */
@LossName(
    value = "mean_squared_error",
    aliases = {"mse", "l2"})
@Family("regression")
@Description("The square of the error; large errors dominate.")
@Reference("Keras, keras.losses.MeanSquaredError")
public record MeanSquaredError() implements FormulaLoss {

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return yPred.minus(yTrue).squared();
  }
}
