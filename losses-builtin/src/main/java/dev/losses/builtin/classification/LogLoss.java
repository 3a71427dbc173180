package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.classIndex;
import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.DType;
import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.GreaterThan;
import dev.losses.spi.Input;
import dev.losses.spi.LessThan;
import dev.losses.spi.LossName;
import dev.losses.spi.MultiFormLoss;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Log loss with scikit-learn's arithmetic: the cross-entropy of probabilities that are clipped to {@code [eps, 1 -
 * eps]}.
 *
 * <p>If {@code y_pred} is a batch of scalars, {@code -t ln q - (1 - t) ln(1 - q)} with {@code q = clip(p)}. Else the
 * last axis holds the classes: rows are clipped and divided by their sum, and the loss of a row is {@code -ln q_y}
 * against a class index, or {@code -sum(t ln q)} against a row of probabilities; the shape of {@code y_true} tells.
 *
 * <p>The unreduced loss has a value for each scalar or row. As {@code log_loss} of scikit-learn up to 1.4, which
 * clips by the machine epsilon of the dtype; later ones warn of rows whose sum is not 1 and may not divide them. Where the clip takes hold the gradient is that of the division alone.
 *
 * @param eps the smallest probability, in (0, 0.5); default null: 2.22e-16, float64's machine epsilon, or in float32
 *     1.19e-7
 */
@LossName("log_loss")
@Family("classification")
@Description("Cross-entropy of probabilities as scikit-learn computes it, of two classes or more.")
@Reference("scikit-learn, sklearn.metrics.log_loss")
public record LogLoss(
    @GreaterThan(0)
    @LessThan(0.5)
    @Description("The smallest probability; null for the machine epsilon of the dtype.")
    @Nullable
    Double eps)
    implements MultiFormLoss {

  /** The default: the machine epsilon. */
  public LogLoss() {
    this(null);
  }

  @Override
  public NamedInputsLoss usualForm() {
    return new OfScalars(epsilon(DType.FLOAT64));
  }

  @Override
  public NamedInputsLoss form(DType dtype, Map<String, int[]> shapes) {
    int[] yTrue = shapes.getOrDefault("y_true", new int[0]);
    int[] yPred = shapes.getOrDefault("y_pred", new int[0]);
    if (yPred.length < 2 || yPred[yPred.length - 1] == 1) {
      return new OfScalars(epsilon(dtype));
    }
    return Arrays.equals(yTrue, yPred)
        ? new OfProbabilities(epsilon(dtype))
        : new OfIndices(epsilon(dtype));
  }

  private double epsilon(DType dtype) {
    if (eps != null) {
      return eps;
    }
    return dtype == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
  }

  private static Expr clipped(Expr p, double epsilon) {
    return p.clip(epsilon, 1 - epsilon);
  }

  private record OfScalars(double epsilon) implements FormulaLoss {
    @Override
    public List<Input> inputs() {
      return Input.pair(Domain.PROBABILITY, Domain.PROBABILITY);
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      Expr q = clipped(yPred, epsilon);
      Expr yes = yTrue.times(q.log());
      // Near 1 it is the complement that is clipped: 1 - epsilon may be 1.
      Expr complement = constant(1).minus(yPred).clip(epsilon, 1);
      Expr logarithm = where(yPred.lessThan(0.5), q.unaryMinus().log1p(), complement.log());
      Expr no = constant(1).minus(yTrue).times(logarithm);
      return yes.plus(no).unaryMinus();
    }
  }

  private record OfIndices(double epsilon) implements FormulaLoss {
    @Override
    public List<Input> inputs() {
      return List.of(
          Input.of("y_true", Domain.CLASS_INDEX).perRow(), Input.of("y_pred", Domain.PROBABILITY));
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      Expr q = clipped(yPred, epsilon);
      // ln(sum / q_y), without rounding away what little the others have.
      Expr others = where(classIndex().equalTo(yTrue), 0, q).sum();
      return others.div(q.at(yTrue)).log1p();
    }
  }

  private record OfProbabilities(double epsilon) implements FormulaLoss {
    @Override
    public List<Input> inputs() {
      return Input.pair(Domain.ONE_HOT, Domain.PROBABILITY);
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      Expr q = clipped(yPred, epsilon);
      Expr sum = q.sum();
      // A class with more than half of the sum is the largest; of the others, the sum less its own
      // keeps the digits.
      Expr besideLargest = where(q.lessThan(q.max()), q, 0).sum();
      Expr others = where(q.times(2).greaterThan(sum), besideLargest, sum.minus(q));
      return yTrue.times(others.div(q).log1p()).sum();
    }
  }
}
