package dev.losses.builtin.regression;

import static dev.losses.spi.Expr.where;

import dev.losses.spi.Condition;
import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;

/**
 * Logarithm of the hyperbolic cosine of the error: {@code ln(cosh(y_pred - y_true))}, averaged over the last axis.
 *
 * <p>About {@code e^2 / 2} for small errors and {@code |e| - ln 2} for large ones; the gradient is {@code tanh(e)}.
 *
 * <p>{@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ..., features]}; the unreduced loss
 * has
 * the shape {@code [batch, ...]}. It has no parameters. Keras computes {@code e + softplus(-2 e) - ln 2}, which equals
 * this but loses its digits as {@code e} goes to 0; this keeps them at every size of error.
 */
@LossName(
    value = "log_cosh",
    aliases = {"logcosh"})
@Family("regression")
@Description(
    "The logarithm of the error's hyperbolic cosine: quadratic near zero, linear far out, smooth everywhere.")
@Reference("Keras, keras.losses.LogCosh")
public record LogCosh() implements FormulaLoss {
  private static final double SMALL_ERROR = 2;

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr size = yPred.minus(yTrue).abs();
    Condition isSmall = size.atMost(SMALL_ERROR);
    Expr growth = size.expm1();
    Expr power = growth.plus(1);
    // Small: cosh e = 1 + 2 sinh(e/2)^2, and 2 sinh(e/2)^2 = (e^|e| - 1)^2 / (2 e^|e|): nothing
    // cancels. Large: cosh e = e^|e| (1 + e^(-2|e|)) / 2: nothing overflows, and little cancels
    // once
    // |e| is well above ln 2. Both have the form of ln(1 + rest).
    Expr rest =
        where(isSmall, growth.squared(), 1).div(where(isSmall, power.times(2), power.squared()));
    Expr logarithm = rest.log1p();
    return where(isSmall, logarithm, size.minus(Math.log(2)).plus(logarithm));
  }
}
