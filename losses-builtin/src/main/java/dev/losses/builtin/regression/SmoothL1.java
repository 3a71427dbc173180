package dev.losses.builtin.regression;

import static dev.losses.spi.Expr.where;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.NonNegative;
import dev.losses.spi.Reference;

/**
 * Smooth L1 loss: with {@code e = y_pred - y_true}, {@code e^2 / (2 beta)} where {@code |e| < beta}, else {@code |e| -
 * beta / 2}; averaged over the last axis.
 *
 * <p>It is {@code huber} divided by its {@code delta}. With {@code beta = 0} it is the absolute error. {@code y_true}
 * and {@code y_pred} are real and of one shape, {@code [batch, ..., features]}; the unreduced loss has the shape {@code
 * [batch, ...]}. As PyTorch's {@code SmoothL1Loss}.
 *
 * @param beta the size of error at which quadratic turns linear, {@code >= 0}; default 1
 */
@LossName("smooth_l1")
@Family("regression")
@Description("Absolute error with a rounded tip; robust to outliers.")
@Reference({"PyTorch, torch.nn.SmoothL1Loss", "R. Girshick, Fast R-CNN, ICCV 2015"})
public record SmoothL1(
    @NonNegative @Description("The size of error at which the loss turns from quadratic to linear.")
    double beta)
    implements FormulaLoss {

  /** The default: beta 1. */
  public SmoothL1() {
    this(1.0);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr error = yPred.minus(yTrue);
    return where(
        error.abs().lessThan(beta), error.squared().div(2 * beta), error.abs().minus(beta / 2));
  }
}
