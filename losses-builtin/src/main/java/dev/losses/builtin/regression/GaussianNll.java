package dev.losses.builtin.regression;

import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.LossName;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Positive;
import dev.losses.spi.Reference;
import java.util.List;

/**
 * Negative log-likelihood under a normal distribution: {@code (ln v + (y_pred - y_true)^2 / v) / 2} with {@code v =
 * max(variance, eps)}, averaged over the last axis.
 *
 * <p>{@code full} adds {@code ln(2 pi) / 2}. The gradient with respect to the variance is that at {@code v}, also where
 * the variance is below {@code eps}: it still learns there.
 *
 * <p>{@code y_true}, {@code y_pred} and {@code variance >= 0} are of one shape, {@code [batch, ..., features]}; the
 * unreduced loss has the shape {@code [batch, ...]}. As PyTorch's {@code GaussianNLLLoss}, save that the variance is
 * not broadcast.
 *
 * @param full whether the constant is added; default false
 * @param eps the smallest variance, {@code > 0}; default 1e-6
 */
@LossName("gaussian_nll")
@Family("regression")
@Description("Negative log-likelihood of targets under a predicted mean and variance.")
@Reference({
  "D. A. Nix, A. S. Weigend, Estimating the Mean and Variance of the Target Probability Distribution, ICNN 1994",
  "PyTorch, torch.nn.GaussianNLLLoss"
})
public record GaussianNll(
    @Description("Whether the constant ln(2 pi) / 2 is added.")
    boolean full,

    @Positive @Description("The smallest variance.") double eps)
    implements NamedInputsLoss {

  /** The defaults: without the constant, eps 1e-6. */
  public GaussianNll() {
    this(false, 1e-6);
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of("y_true", Domain.REAL),
        Input.of("y_pred", Domain.REAL),
        Input.of("variance", Domain.DISTANCE));
  }

  @Override
  public Expr loss(Inputs in) {
    Expr variance = in.get("variance");
    Expr limited = where(
        variance.lessThan(eps), variance.plus(constant(eps).minus(variance).detached()), variance);
    Expr error = in.get("y_pred").minus(in.get("y_true"));
    Expr loss = limited.log().plus(error.squared().div(limited)).times(0.5);
    return full ? loss.plus(Math.log(2 * Math.PI) / 2) : loss;
  }
}
