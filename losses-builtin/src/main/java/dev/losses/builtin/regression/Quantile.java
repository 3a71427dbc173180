package dev.losses.builtin.regression;

import dev.losses.spi.Between;
import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;

/**
 * Quantile loss: {@code max(q (y_true - y_pred), (q - 1) (y_true - y_pred))}, averaged over the last axis.
 *
 * <p>Its minimum is the {@code q}-quantile of the targets: 0.5 gives half the absolute error and the median. {@code
 * y_true} and {@code y_pred} are real and of one shape, {@code [batch, ..., features]}; the unreduced loss has the
 * shape {@code [batch, ...]}. Where prediction and target are equal each side has half the gradient, {@code 1/2 - q}.
 *
 * @param quantile the quantile {@code q} to predict, in [0, 1]; default 0.5
 */
@LossName(
    value = "quantile",
    aliases = {"pinball"})
@Family("regression")
@Description("Predicts a quantile: errors above and below it cost differently.")
@Reference("R. Koenker, G. Bassett, Regression Quantiles, Econometrica 46(1), 1978")
public record Quantile(
    @Between(min = 0, max = 1) @Description("The quantile to predict; 0.5 is the median.")
    double quantile)
    implements FormulaLoss {

  /** The default: the median. */
  public Quantile() {
    this(0.5);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr shortfall = yTrue.minus(yPred);
    return shortfall.times(quantile).maximum(shortfall.times(quantile - 1));
  }
}
