package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.where;

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
 * Kullback-Leibler divergence of logarithms with PyTorch's arithmetic: {@code t (ln t - x)} where {@code x} is the
 * logarithm of the predicted probability, averaged over the last axis.
 *
 * <p>Where {@code t = 0} it is 0. With {@code log_target}, {@code e^t (t - x)}. {@code y_true} has the shape of {@code
 * y_pred}, {@code [batch, ..., features]}; the unreduced loss has the shape {@code [batch, ...]}. As PyTorch's {@code
 * KLDivLoss} with reduction {@code mean}; to get its {@code batchmean}, multiply by the number of elements of an example. Keras takes
 * probabilities: that is {@code kl_divergence}.
 *
 * @param logTarget whether {@code y_true} holds logarithms too; default false
 */
@LossName("kl_div")
@Family("classification")
@Description("How far predicted distributions, given as logarithms, are from the true ones.")
@Reference("PyTorch, torch.nn.KLDivLoss")
public record KlDiv(
    @Description("Whether y_true holds logarithms of probabilities too.")
    boolean logTarget) implements FormulaLoss {

  /** The default: targets are probabilities. */
  public KlDiv() {
    this(false);
  }

  @Override
  public List<Input> inputs() {
    return Input.pair(logTarget ? Domain.REAL : Domain.PROBABILITY, Domain.REAL);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return logTarget
        ? where(yTrue.equalTo(Double.NEGATIVE_INFINITY), 0, yTrue.exp().times(yTrue.minus(yPred)))
        : where(yTrue.equalTo(0), 0, yTrue.times(yTrue.log().minus(yPred)));
  }
}
