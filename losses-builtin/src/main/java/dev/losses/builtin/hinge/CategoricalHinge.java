package dev.losses.builtin.hinge;

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
 * Categorical hinge loss: {@code max(max((1 - t) p) - sum(t p) + 1, 0)} over the last axis.
 *
 * <p>The score of the true class must exceed the best of the others by 1. {@code y_true} holds one-hot rows in the
 * shape of {@code y_pred}, {@code [batch, ..., classes]} of rank 2 or more; the unreduced loss has the shape {@code
 * [batch, ...]}. A score of 0 takes part for the true class, as in Keras. It has no parameters.
 */
@LossName("categorical_hinge")
@Family("hinge")
@Description("Hinge loss of several classes: the true class must win by 1.")
@Reference("Keras, keras.losses.CategoricalHinge")
public record CategoricalHinge() implements FormulaLoss {

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.ONE_HOT, Domain.REAL);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr best = constant(1).minus(yTrue).times(yPred).max();
    return best.minus(yTrue.times(yPred).sum()).plus(1).maximum(0);
  }
}
