package dev.losses.builtin.classification;

import static dev.losses.spi.Expr.where;

import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.GreaterThan;
import dev.losses.spi.Input;
import dev.losses.spi.LessThan;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;
import java.util.List;

/**
 * Generalised cross-entropy against class indices: {@code (1 - p_y^q) / q}.
 *
 * <p>Between cross-entropy ({@code q} near 0) and absolute error ({@code q} near 1): the larger {@code q}, the less
 * wrong labels harm. A probability of 0 has the gradient of the smallest normal float32, so that it is finite.
 *
 * <p>{@code y_true} holds one class index for each row; {@code y_pred} has the shape {@code [batch, ..., classes]} of
 * rank 2 or more; the unreduced loss has the shape {@code [batch, ...]}. As in Keras.
 *
 * @param q between cross-entropy and absolute error, in (0, 1); default 0.5
 */
@LossName("categorical_generalized_cross_entropy")
@Family("classification")
@Description("Cross-entropy that tolerates wrong labels.")
@Reference({
  "Z. Zhang, M. R. Sabuncu, Generalized Cross Entropy Loss for Training Deep Neural Networks with Noisy Labels, NeurIPS 2018",
  "Keras, keras.losses.CategoricalGeneralizedCrossEntropy"
})
public record CategoricalGeneralizedCrossEntropy(
    @GreaterThan(0) @LessThan(1) @Description("Near 0 it is cross-entropy, near 1 absolute error.")
    double q)
    implements FormulaLoss {

  /** The default: q 0.5. */
  public CategoricalGeneralizedCrossEntropy() {
    this(0.5);
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of("y_true", Domain.CLASS_INDEX).perRow(), Input.of("y_pred", Domain.PROBABILITY));
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    Expr p = yPred.at(yTrue);
    Expr exact = where(p.equalTo(0), 1 / q, ofProbability(p));
    // Near 0 the gradient is that of the smallest normal float32, so that it is finite.
    Expr sloped = ofProbability(p.plus(p.maximum(Float.MIN_NORMAL).minus(p).detached()));
    Expr near = sloped.plus(exact.minus(sloped).detached());
    return where(p.lessThan(Float.MIN_NORMAL), near, exact);
  }

  private Expr ofProbability(Expr p) {
    return p.log().times(q).expm1().div(-q);
  }
}
