package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.perClass;

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
 * Multi-label soft margin loss: {@code -sum(w (t ln sigmoid(x) + (1 - t) ln sigmoid(-x))) / C} over {@code C} classes.
 *
 * <p>Binary cross-entropy from logits of every class, with class weights. {@code y_true} in [0, 1] has the shape of
 * {@code y_pred}; {@code y_pred} has the shape {@code [batch, ..., classes]} of rank 2 or more; the unreduced loss has
 * the shape {@code [batch, ...]}. As PyTorch's {@code MultiLabelSoftMarginLoss}.
 *
 * @param weight the weight of every class, {@code >= 0}, one for each or a single one; default null, 1
 */
@LossName("multilabel_soft_margin")
@Family("classification")
@Description(
    "Binary cross-entropy from the logits of several classes of which any number may hold.")
@Reference("PyTorch, torch.nn.MultiLabelSoftMarginLoss")
public record MultilabelSoftMargin(
    @NonNegative
    @Description("The weight of every class, one for each or a single one; null for 1.")
    @Nullable
    List<Double> weight)
    implements FormulaLoss {

  /** Keeps a copy of the weights. */
  public MultilabelSoftMargin {
    weight = weight == null ? null : List.copyOf(weight);
  }

  /** The default: no weights. */
  public MultilabelSoftMargin() {
    this(null);
  }

  @Override
  public List<Input> inputs() {
    return Input.pair(Domain.PROBABILITY, Domain.LOGIT);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr loss = new BinaryCrossentropy(true, 0).loss(yTrue, yPred);
    return (weight == null ? loss : perClass(weight).times(loss)).mean();
  }
}
