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
 * Soft margin loss: {@code ln(1 + e^(-t p))}, averaged over the last axis.
 *
 * <p>The logistic loss of labels -1 and 1. It never overflows. {@code y_true} holds -1 or 1 in the shape of {@code
 * y_pred}, {@code [batch, ..., features]}; the unreduced loss has the shape {@code [batch, ...]}. It has no parameters.
 * As PyTorch's {@code SoftMarginLoss}, which overflows at scores beyond 88.
 */
@LossName("soft_margin")
@Family("classification")
@Description("Logistic loss of labels -1 and 1.")
@Reference("PyTorch, torch.nn.SoftMarginLoss")
public record SoftMargin() implements FormulaLoss {

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.SIGN, Domain.REAL);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return yTrue.times(yPred).unaryMinus().softplus();
  }
}
