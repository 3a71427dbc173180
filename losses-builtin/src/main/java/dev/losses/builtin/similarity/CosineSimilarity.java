package dev.losses.builtin.similarity;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;

/**
 * Negative cosine similarity of two rows: {@code -sum(l2(y_true) l2(y_pred))} over the last axis, with {@code l2(x) = x
 * /
 * max(norm(x), 1e-7)}.
 *
 * <p>-1 where the rows point the same way, 0 where they are orthogonal, 1 where they are opposite. A row of zeros gives
 * 0 and a finite gradient.
 *
 * <p>{@code y_true} and {@code y_pred} are real and of one shape, {@code [batch, ..., features]} of rank 2 or more; the
 * unreduced loss has the shape {@code [batch, ...]}. As in Keras, save that the axis is always the last: transpose the
 * inputs to compare along another.
 *
 * @param axis the axis that holds a row, taken for the sake of Keras's callers; only -1, the default
 */
@LossName("cosine_similarity")
@Family("similarity")
@Description("The negative cosine of the angle between two rows: -1 where they point the same way.")
@Reference("Keras, keras.losses.CosineSimilarity")
public record CosineSimilarity(
    @Description("The axis that holds a row; only -1, the last.")
    int axis) implements FormulaLoss {
  private static final double EPSILON = 1e-7;

  /** @throws IllegalArgumentException when the axis is not -1 */
  public CosineSimilarity {
    if (axis != -1) {
      throw new IllegalArgumentException("axis must be -1, the last, got " + axis
          + "; transpose the inputs to compare along another axis");
    }
  }

  /** The default: axis -1. */
  public CosineSimilarity() {
    this(-1);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return normalized(yTrue).times(normalized(yPred)).sum().unaryMinus();
  }

  private static Expr normalized(Expr row) {
    return row.div(row.norm(2).maximum(EPSILON));
  }
}
