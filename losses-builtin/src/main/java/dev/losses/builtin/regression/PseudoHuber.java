package dev.losses.builtin.regression;

import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Condition;
import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;
import dev.losses.spi.Reference;

/**
 * Pseudo-Huber loss: with {@code e = y_pred - y_true}, {@code delta^2 (sqrt(1 + (e / delta)^2) - 1)}, averaged over the
 * last axis.
 *
 * <p>About {@code e^2 / 2} for small errors and {@code delta |e|} for large ones, smooth everywhere. Computed so that
 * no digits are lost near 0 and nothing overflows. {@code y_true} and {@code y_pred} are real and of one shape, {@code
 * [batch, ..., features]}; the unreduced loss has the shape {@code [batch, ...]}.
 *
 * @param delta the size of error around which quadratic turns linear, {@code > 0}; default 1
 */
@LossName("pseudo_huber")
@Family("regression")
@Description("Huber loss without its kinks in the second derivative: smooth, robust to outliers.")
@Reference(
    "P. Charbonnier et al., Deterministic Edge-Preserving Regularization in Computed Imaging, IEEE Transactions on Image Processing 6(2), 1997")
public record PseudoHuber(
    @Positive
    @Description("The size of error around which the loss turns from quadratic to linear.")
    double delta)
    implements FormulaLoss {

  /** The default: delta 1. */
  public PseudoHuber() {
    this(1.0);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr error = yPred.minus(yTrue);
    Expr ratio = error.abs().div(delta);
    Condition isSmall = ratio.atMost(1);
    // sqrt(1 + r^2) - 1 = r^2 / (1 + sqrt(1 + r^2)): nothing cancels where r is small.
    Expr root = where(isSmall, ratio.squared(), constant(1).div(ratio.squared()))
        .plus(1)
        .sqrt();
    return where(
        isSmall,
        error.squared().div(root.plus(1)),
        error.abs().times(root).minus(delta).times(delta));
  }
}
