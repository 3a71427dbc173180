package dev.losses.builtin.regression;

import static dev.losses.spi.Expr.where;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;
import dev.losses.spi.Reference;

/**
 * Huber loss: with {@code e = y_pred - y_true}, {@code e^2 / 2} where {@code |e| <= delta}, else {@code delta (|e| -
 * delta / 2)}; averaged over the last axis.
 *
 * <p>{@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ..., features]}; the unreduced loss
 * has
 * the shape {@code [batch, ...]}. As in Keras and as PyTorch's {@code HuberLoss}; PyTorch's {@code SmoothL1Loss}
 * divides
 * it by {@code delta}.
 *
 * @param delta the size of error at which quadratic turns linear, {@code > 0}; default 1
 */
@LossName("huber")
@Family("regression")
@Description("Squared error near zero, absolute error beyond the threshold; robust to outliers.")
@Reference(
    "P. J. Huber, Robust Estimation of a Location Parameter, Annals of Mathematical Statistics 35(1), 1964")
public record Huber(
    @Positive @Description("The size of error at which the loss turns from quadratic to linear.")
    double delta)
    implements FormulaLoss {

  /** The default: delta 1. */
  public Huber() {
    this(1.0);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr error = yPred.minus(yTrue);
    return where(
        error.abs().atMost(delta),
        error.squared().div(2),
        error.abs().minus(delta / 2).times(delta));
  }
}
