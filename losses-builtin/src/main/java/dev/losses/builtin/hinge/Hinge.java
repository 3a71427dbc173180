package dev.losses.builtin.hinge;

import static dev.losses.spi.Expr.constant;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;
import java.util.List;

/**
 * Hinge loss: {@code max(1 - t p, 0)}, averaged over the last axis.
 *
 * <p>Labels {@code t} are -1 and 1. How they are read is a parameter: {@code auto} turns 0 into -1 when all unmasked
 * labels of the batch are 0 or 1, as Keras does, and takes others as they are; {@code binary} always turns {@code t} in
 * [0, 1] into {@code 2 t - 1}; {@code signed} never does. A rule that looks at the whole batch gives other answers when
 * the batch is split, so say {@code binary} or {@code signed} where you know.
 *
 * <p>{@code y_true} and {@code y_pred} have one shape, {@code [batch, ..., features]}; the unreduced loss has the shape
 * {@code [batch, ...]}. At {@code t p = 1} the gradient is 0. As in Keras.
 *
 * @param labels how labels are read; default auto
 */
@LossName("hinge")
@Family("hinge")
@Description("Scores must be right by a margin of 1.")
@Reference("Keras, keras.losses.Hinge")
public record Hinge(
    @Description(
        "How labels are read: auto by the whole batch, binary as 0 and 1, signed as -1 and 1.")
    HingeLabels labels)
    implements FormulaLoss {

  /** The default: labels are read as Keras does. */
  public Hinge() {
    this(HingeLabels.AUTO);
  }

  @Override
  public List<Input> inputs() {
    return labels.inputs();
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return constant(1).minus(labels.signed(yTrue).times(yPred)).maximum(0);
  }
}
