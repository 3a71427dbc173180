package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.constant;

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
 * Binary cross-entropy with PyTorch's arithmetic: {@code -t max(ln p, -100) - (1 - t) max(ln(1 - p), -100)}, averaged
 * over the last axis.
 *
 * <p>The logarithms are limited at -100 rather than the probability, so a wrong certainty costs 100; where a limit
 * takes hold the gradient is 0. Keras clips the probability instead: that is {@code binary_crossentropy}.
 *
 * <p>{@code y_true} in [0, 1] and {@code y_pred} have one shape, {@code [batch, ..., features]}; the unreduced loss has
 * the shape {@code [batch, ...]}. It has no parameters. As PyTorch's {@code BCELoss}.
 */
@LossName("binary_cross_entropy")
@Family("classification")
@Description(
    "Cross-entropy of independent yes-or-no predictions, with PyTorch's limit of the logarithms.")
@Reference("PyTorch, torch.nn.functional.binary_cross_entropy")
public record BinaryCrossEntropy() implements FormulaLoss {

  private static final double SMALLEST_LOGARITHM = -100;

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.PROBABILITY, Domain.PROBABILITY);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr yes = yTrue.times(yPred.log().maximum(SMALLEST_LOGARITHM));
    Expr no =
        constant(1).minus(yTrue).times(yPred.unaryMinus().log1p().maximum(SMALLEST_LOGARITHM));
    return yes.plus(no).unaryMinus();
  }
}
