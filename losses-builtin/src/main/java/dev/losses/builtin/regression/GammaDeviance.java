package dev.losses.builtin.regression;

import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;
import java.util.List;

/**
 * Deviance of the gamma distribution: {@code 2 (ln(y_pred / y_true) + y_true / y_pred - 1)}, averaged over the last
 * axis.
 *
 * <p>It depends on the ratio of target and prediction alone, and keeps its digits where they are close. Both are
 * positive and have one shape, {@code [batch, ..., features]}; the unreduced loss has the shape {@code [batch, ...]}.
 * It has no parameters. As scikit-learn's {@code mean_gamma_deviance}.
 */
@LossName("gamma_deviance")
@Family("regression")
@Description("Deviance of positive targets: compares by ratio.")
@Reference("scikit-learn, sklearn.metrics.mean_gamma_deviance")
public record GammaDeviance() implements FormulaLoss {

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.POSITIVE, Domain.POSITIVE);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return Deviances.gamma(yTrue, yPred);
  }
}
