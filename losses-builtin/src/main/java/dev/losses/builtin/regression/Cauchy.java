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
 * Cauchy loss, also called Lorentzian: with {@code e = y_pred - y_true}, {@code scale^2 / 2 ln(1 + (e / scale)^2)},
 * averaged over the last axis.
 *
 * <p>About {@code e^2 / 2} for small errors; large ones cost only their logarithm, and their gradient goes to 0. {@code
 * y_true} and {@code y_pred} are real and of one shape, {@code [batch, ..., features]}; the unreduced loss has the
 * shape {@code [batch, ...]}.
 *
 * @param scale the size of error around which the loss flattens, {@code > 0}; default 1
 */
@LossName("cauchy")
@Family("regression")
@Description("Logarithm of the squared error: outliers hardly count.")
@Reference(
    "M. J. Black, P. Anandan, The Robust Estimation of Multiple Motions, Computer Vision and Image Understanding 63(1), 1996")
public record Cauchy(
    @Positive @Description("The size of error around which the loss flattens.")
    double scale) implements FormulaLoss {

  /** The square of a smaller ratio is so small that its logarithm above 1 is the square. */
  private static final double SMALL_RATIO = 1e-9;

  /** The square of a larger ratio is so large that adding 1 to it changes nothing. */
  private static final double LARGE_RATIO = 1e9;

  /** The default: scale 1. */
  public Cauchy() {
    this(1.0);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr error = yPred.minus(yTrue);
    Expr ratio = error.div(scale);
    Expr size = ratio.abs();
    Expr logarithm =
        where(size.lessThan(LARGE_RATIO), ratio.squared().log1p(), size.log().times(2));
    // The square of the scale alone may be beyond the range.
    Expr loss = logarithm.times(scale).times(scale / 2);
    return where(size.lessThan(SMALL_RATIO), error.squared().div(2), loss);
  }
}
