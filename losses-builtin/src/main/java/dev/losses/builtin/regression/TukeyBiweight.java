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
 * Tukey's biweight loss: with {@code e = y_pred - y_true}, {@code c^2 / 6 (1 - (1 - (e / c)^2)^3)} where {@code |e| <=
 * c}, else {@code c^2 / 6}; averaged over the last axis.
 *
 * <p>An error beyond {@code c} is an outlier: it costs the same however large, and has no gradient. Residuals are
 * expected in units of their standard deviation; the default then has 95 % efficiency for normal errors. {@code y_true}
 * and {@code y_pred} are real and of one shape, {@code [batch, ..., features]}; the unreduced loss has the shape {@code
 * [batch, ...]}.
 *
 * @param c the size of error from which it is an outlier, {@code > 0}; default 4.685
 */
@LossName("tukey_biweight")
@Family("regression")
@Description("Squared error near zero, constant beyond a threshold: outliers do not count at all.")
@Reference("A. E. Beaton, J. W. Tukey, The Fitting of Power Series, Technometrics 16(2), 1974")
public record TukeyBiweight(
    @Positive @Description("The size of error from which it is an outlier.")
    double c) implements FormulaLoss {

  /** The default: c 4.685. */
  public TukeyBiweight() {
    this(4.685);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr error = yPred.minus(yTrue);
    Expr u = error.div(c).squared();
    // 1 - (1 - u)^3 = u (3 - 3 u + u^2): nothing cancels where u is small.
    Expr inside = error.squared().times(u.minus(3).times(u).plus(3)).div(6);
    return where(error.abs().greaterThan(c), c * c / 6, inside);
  }
}
