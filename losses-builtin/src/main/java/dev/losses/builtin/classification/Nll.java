package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.perClass;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Condition;
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
 * Negative log-likelihood against class indices: {@code -w_y x_y} where {@code x} holds logarithms of probabilities.
 *
 * <p>A row counts {@code w_y} in the mean; a row whose label is the ignored index costs 0 and counts 0. {@code y_true}
 * holds one class index for each row; {@code y_pred} has the shape {@code [batch, ..., classes]} of rank 2 or more; the
 * unreduced loss has the shape {@code [batch, ...]}. As PyTorch's {@code NLLLoss}, save that the classes are the last
 * axis and that an index that is not a class is an error.
 *
 * @param weight the weight of every class, {@code >= 0}, one for each or a single one; default null, 1
 * @param ignoreIndex the label of rows left out; default -100
 */
@LossName("nll")
@Family("classification")
@Description("Negative log-likelihood of class indices, from logarithms of probabilities.")
@Reference("PyTorch, torch.nn.NLLLoss")
public record Nll(
    @NonNegative
    @Description("The weight of every class, one for each or a single one; null for 1.")
    @Nullable
    List<Double> weight,

    @Description("The label of rows left out of the mean.") int ignoreIndex)
    implements FormulaLoss {

  /** Keeps a copy of the weights. */
  public Nll {
    weight = weight == null ? null : List.copyOf(weight);
  }

  /** The defaults: no weights, -100 is ignored. */
  public Nll() {
    this(null, -100);
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of("y_true", Domain.CLASS_INDEX).perRow().except(ignoreIndex),
        Input.of("y_pred", Domain.REAL));
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Condition ignored = yTrue.equalTo(ignoreIndex);
    Expr count = weight == null ? constant(1) : perClass(weight).at(yTrue);
    Expr loss = yPred.at(yTrue).unaryMinus().times(count);
    return where(ignored, 0, loss).countedAs(where(ignored, 0, count));
  }
}
