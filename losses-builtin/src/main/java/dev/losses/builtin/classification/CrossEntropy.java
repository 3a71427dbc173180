package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.lastAxisSize;
import static dev.losses.spi.Expr.perClass;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Between;
import dev.losses.spi.Condition;
import dev.losses.spi.DType;
import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.LossName;
import dev.losses.spi.MultiFormLoss;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.NonNegative;
import dev.losses.spi.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cross-entropy from logits with PyTorch's arithmetic, against class indices or rows of probabilities.
 *
 * <p>With {@code l = log_softmax(x)} and smoothing {@code s}: against an index, {@code -(1 - s) w_y l_y - s / C sum(w
 * l)}; the row counts {@code w_y} in the mean, and 0 where the label is the ignored index, where it also costs 0.
 * Against probabilities, {@code -sum(w (t (1 - s) + s / C) l)}; the row counts 1.
 *
 * <p>{@code y_pred} has the shape {@code [batch, ..., classes]} of rank 2 or more; the unreduced loss has the shape
 * {@code [batch, ...]}. {@code y_true} holds one class index for each row, or probabilities in the shape of {@code
 * y_pred}: its shape tells. As PyTorch's {@code CrossEntropyLoss}, save that the classes are the last axis and that an
 * index that is not a class is an error.
 *
 * @param weight the weight of every class, {@code >= 0}, one for each or a single one; default null, 1
 * @param ignoreIndex the label of rows left out, of no account against probabilities; default -100
 * @param labelSmoothing how far targets are moved towards {@code 1 / C}, in [0, 1]; default 0
 */
@LossName("cross_entropy")
@Family("classification")
@Description(
    "Cross-entropy from logits against class indices or probabilities, with class weights.")
@Reference("PyTorch, torch.nn.CrossEntropyLoss")
public record CrossEntropy(
    @NonNegative
    @Description("The weight of every class, one for each or a single one; null for 1.")
    @Nullable
    List<Double> weight,

    @Description("The label of rows left out of the mean.") int ignoreIndex,

    @Between(min = 0, max = 1)
    @Description("How far targets are moved towards the same probability for every class.")
    double labelSmoothing)
    implements MultiFormLoss {

  /** Keeps a copy of the weights. */
  public CrossEntropy {
    weight = weight == null ? null : List.copyOf(weight);
  }

  /** The defaults: no weights, -100 is ignored, no smoothing. */
  public CrossEntropy() {
    this(null, -100, 0.0);
  }

  @Override
  public NamedInputsLoss usualForm() {
    return new OfIndices(this);
  }

  @Override
  public NamedInputsLoss form(DType dtype, Map<String, int[]> shapes) {
    int[] yTrue = shapes.getOrDefault("y_true", new int[0]);
    int[] yPred = shapes.getOrDefault("y_pred", new int[0]);
    return yTrue.length > 1 && Arrays.equals(yTrue, yPred)
        ? new OfProbabilities(this)
        : new OfIndices(this);
  }

  private Expr weighted(Expr perClass) {
    return weight == null ? perClass : perClass(weight).times(perClass);
  }

  private Expr weightOf(Expr index) {
    return weight == null ? constant(1) : perClass(weight).at(index);
  }

  private record OfIndices(CrossEntropy parameters) implements FormulaLoss {
    @Override
    public List<Input> inputs() {
      return List.of(
          Input.of("y_true", Domain.CLASS_INDEX).perRow().except(parameters.ignoreIndex),
          Input.of("y_pred", Domain.LOGIT));
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      Expr logProbability = yPred.logSoftmax();
      Expr count = parameters.weightOf(yTrue);
      Expr loss = logProbability.at(yTrue).unaryMinus().times(count);
      double smoothing = parameters.labelSmoothing;
      if (smoothing > 0) {
        Expr spread = parameters.weighted(logProbability).mean().unaryMinus();
        loss = loss.times(1 - smoothing).plus(spread.times(smoothing));
      }
      Condition ignored = yTrue.equalTo(parameters.ignoreIndex);
      return where(ignored, 0, loss).countedAs(where(ignored, 0, count));
    }
  }

  private record OfProbabilities(CrossEntropy parameters) implements FormulaLoss {
    @Override
    public List<Input> inputs() {
      return Input.pair(Domain.ONE_HOT, Domain.LOGIT);
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      double smoothing = parameters.labelSmoothing;
      Expr target = yTrue.times(1 - smoothing).plus(constant(smoothing).div(lastAxisSize()));
      // A class that nobody expects may have the logit -infinity.
      Expr cost = where(target.equalTo(0), 0, target.times(yPred.logSoftmax()));
      return parameters.weighted(cost).sum().unaryMinus();
    }
  }
}
