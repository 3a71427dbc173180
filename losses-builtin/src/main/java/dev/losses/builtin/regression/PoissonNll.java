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
 * Negative log-likelihood of counts under a Poisson distribution: {@code e^p - t p} where the prediction is the
 * logarithm of the expected count, else {@code p - t ln(p + eps)}; averaged over the last axis.
 *
 * <p>{@code full} adds Stirling's approximation of {@code ln(t!)}, {@code t ln t - t + ln(2 pi t) / 2}, where {@code t
 * > 1}. {@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ..., features]}; the unreduced loss
 * has the shape {@code [batch, ...]}. As PyTorch's {@code PoissonNLLLoss}.
 *
 * @param logInput whether {@code y_pred} is the logarithm of the expected count; default true
 * @param full whether Stirling's approximation is added; default false
 * @param eps what is added to the expected count before its logarithm is taken, {@code >= 0}; default 1e-8
 */
@LossName("poisson_nll")
@Family("regression")
@Description("Negative log-likelihood of counts, predicted by their logarithm or as they are.")
@Reference("PyTorch, torch.nn.PoissonNLLLoss")
public record PoissonNll(
    @Description("Whether y_pred is the logarithm of the expected count.")
    boolean logInput,

    @Description("Whether Stirling's approximation of the terms without y_pred is added.")
    boolean full,

    @NonNegative @Description("Added to the expected count before its logarithm is taken.")
    double eps)
    implements FormulaLoss {

  /** The defaults: logarithms, without Stirling's terms, eps 1e-8. */
  public PoissonNll() {
    this(true, false, 1e-8);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr loss = logInput
        ? yPred.exp().minus(yTrue.times(yPred))
        : yPred.minus(where(yTrue.equalTo(0), 0, yTrue.times(yPred.plus(eps).log())));
    return full ? loss.plus(where(yTrue.greaterThan(1), stirling(yTrue), 0)) : loss;
  }

  private static Expr stirling(Expr count) {
    Expr logarithm = count.log();
    return count
        .times(logarithm)
        .minus(count)
        .plus(logarithm.plus(Math.log(2 * Math.PI)).times(0.5));
  }
}
