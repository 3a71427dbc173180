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
 * Deviance of a Tweedie distribution of that power: with {@code t = y_true} and {@code m = y_pred}, twice the
 * difference of log-likelihoods between {@code m = t} and {@code m}; averaged over the last axis.
 *
 * <p>Power 0 is the squared error (normal), 1 is {@code 2 (t ln(t / m) - t + m)} (Poisson), between 1 and 2 compound
 * Poisson-gamma, 2 is {@code 2 (t / m - 1 - ln(t / m))} (gamma), 3 inverse Gaussian; in general {@code 2 (max(t,
 * 0)^(2-p) / ((1-p) (2-p)) - t m^(1-p) / (1-p) + m^(2-p) / (2-p))}. Powers 1 and 2 keep their digits where prediction
 * and target are close.
 *
 * <p>Both inputs have one shape, {@code [batch, ..., features]}; the unreduced loss has the shape {@code [batch, ...]}.
 * {@code y_pred > 0} unless the power is 0; {@code y_true >= 0} from power 1, {@code > 0} from power 2. As
 * scikit-learn's {@code mean_tweedie_deviance}.
 *
 * @param power the power of the mean that the variance is proportional to, any but those between 0 and 1; default 0
 */
@LossName("tweedie_deviance")
@Family("regression")
@Description(
    "Deviance of normal, Poisson, gamma and other Tweedie distributions, by the power of the variance.")
@Reference({
  "M. C. K. Tweedie, An Index which Distinguishes between Some Important Exponential Families, 1984",
  "scikit-learn, sklearn.metrics.mean_tweedie_deviance"
})
public record TweedieDeviance(
    @Description(
        "The power of the mean that the variance is proportional to; none between 0 and 1.")
    double power)
    implements FormulaLoss {

  /** @throws IllegalArgumentException when the power is between 0 and 1 */
  public TweedieDeviance {
    if (power > 0 && power < 1) {
      throw new IllegalArgumentException(
          "power must not lie between 0 and 1, where no distribution exists; got " + power);
    }
  }

  /** The default: power 0, the squared error. */
  public TweedieDeviance() {
    this(0.0);
  }

  @Override
  public List<Input> inputs() {
    return Input.pair(domainOfTarget(), power == 0 ? Domain.REAL : Domain.POSITIVE);
  }

  private Domain domainOfTarget() {
    if (power < 1) {
      return Domain.REAL;
    }
    return power < 2 ? Domain.DISTANCE : Domain.POSITIVE;
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    if (power == 0) {
      return yTrue.minus(yPred).squared();
    }
    if (power == 1) {
      return Deviances.poisson(yTrue, yPred);
    }
    if (power == 2) {
      return Deviances.gamma(yTrue, yPred);
    }
    return Deviances.tweedie(yTrue, yPred, power);
  }
}
