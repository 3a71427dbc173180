package dev.losses.builtin.classification;

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
 * Kullback-Leibler divergence of rows of probabilities: {@code sum(t ln(t / p))} over the last axis, both clipped to
 * [1e-7, 1].
 *
 * <p>How much is lost by taking {@code y_pred} for {@code y_true}. Where the clip takes hold the gradient is 0. Rows
 * are not renormalised.
 *
 * <p>{@code y_true} has the shape of {@code y_pred}; {@code y_pred} has the shape {@code [batch, ..., classes]} of rank
 * 2 or more; the unreduced loss has the shape {@code [batch, ...]}. As in Keras; PyTorch's takes logarithms: that is
 * {@code kl_div}. It has no parameters.
 */
@LossName(
    value = "kl_divergence",
    aliases = {"kld", "kullback_leibler_divergence"})
@Family("classification")
@Description("How far predicted distributions are from the true ones.")
@Reference({
  "S. Kullback, R. A. Leibler, On Information and Sufficiency, Annals of Mathematical Statistics 22(1), 1951",
  "Keras, keras.losses.KLDivergence"
})
public record KlDivergence() implements FormulaLoss {

  private static final double EPSILON = 1e-7;

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.PROBABILITY, Domain.PROBABILITY);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr t = yTrue.clip(EPSILON, 1);
    Expr p = yPred.clip(EPSILON, 1);
    return t.times(t.div(p).log()).sum();
  }
}
