package dev.losses.builtin.regression;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;

/**
 * Poisson loss: {@code y_pred - y_true ln(y_pred + 1e-7)}, averaged over the last axis.
 *
 * <p>The negative log-likelihood of counts {@code y_true} under expected counts {@code y_pred}, without the terms that
 * do not depend on the prediction. {@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ...,
 * features]}; the unreduced loss has the shape {@code [batch, ...]}. A prediction below -1e-7 gives NaN, as in Keras. It
 * has no parameters.
 */
@LossName("poisson")
@Family("regression")
@Description("Negative log-likelihood of counts under predicted expected counts.")
@Reference("Keras, keras.losses.Poisson")
public record Poisson() implements FormulaLoss {

  private static final double EPSILON = 1e-7;

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return yPred.minus(yTrue.times(yPred.plus(EPSILON).log()));
  }
}
