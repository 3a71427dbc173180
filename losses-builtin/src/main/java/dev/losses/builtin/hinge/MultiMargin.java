package dev.losses.builtin.hinge;

import static dev.losses.spi.Expr.classIndex;
import static dev.losses.spi.Expr.lastAxisSize;
import static dev.losses.spi.Expr.perClass;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.LossName;
import dev.losses.spi.NonNegative;
import dev.losses.spi.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Multi-class margin loss: {@code sum_(i != y) w_y max(0, margin - x_y + x_i)^p / C} with {@code C} classes.
 *
 * <p>The score of the true class must exceed every other by the margin. {@code y_true} holds one class index for each
 * row; {@code y_pred} has the shape {@code [batch, ..., classes]} of rank 2 or more; the unreduced loss has the shape
 * {@code [batch, ...]}. As PyTorch's {@code MultiMarginLoss}.
 *
 * @param p the power, 1 or 2; default 1
 * @param margin by how much the true class must win; default 1
 * @param weight the weight of every class, {@code >= 0}, one for each or a single one; default null, 1
 */
@LossName("multi_margin")
@Family("hinge")
@Description("Hinge loss of several classes: the true class must win by a margin.")
@Reference("PyTorch, torch.nn.MultiMarginLoss")
public record MultiMargin(
    @Description("The power, 1 or 2.") int p,

    @Description("By how much the score of the true class must exceed the others.")
    double margin,

    @NonNegative
    @Description("The weight of every class, one for each or a single one; null for 1.")
    @Nullable
    List<Double> weight)
    implements FormulaLoss {

  /**
   * Keeps a copy of the weights.
   *
   * @throws IllegalArgumentException when p is neither 1 nor 2
   */
  public MultiMargin {
    if (p != 1 && p != 2) {
      throw new IllegalArgumentException("p must be 1 or 2, got " + p);
    }
    weight = weight == null ? null : List.copyOf(weight);
  }

  /** The defaults: p 1, margin 1, no weights. */
  public MultiMargin() {
    this(1, 1.0, null);
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of("y_true", Domain.CLASS_INDEX).perRow(), Input.of("y_pred", Domain.REAL));
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    // The margin goes to the score of the row's class, as in PyTorch: added to a difference it
    // would lose digits where the
    // scores are far apart. Beside scores so large that it is none of their digits it is lost.
    Expr excess = yPred.minus(yPred.at(yTrue).minus(margin)).maximum(0);
    Expr others = where(classIndex().equalTo(yTrue), 0, p == 1 ? excess : excess.squared());
    Expr loss = others.sum().div(lastAxisSize());
    return weight == null ? loss : perClass(weight).at(yTrue).times(loss);
  }
}
