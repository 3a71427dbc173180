package dev.losses.builtin.similarity;

import static dev.losses.spi.Expr.constant;
import static dev.losses.spi.Expr.where;

import dev.losses.spi.Between;
import dev.losses.spi.Description;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.LossName;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Reference;
import java.util.List;

/**
 * Cosine embedding loss: {@code 1 - cos} where {@code t = 1}, {@code max(0, cos - margin)} where {@code t = -1}, with
 * {@code cos = x1.x2 / sqrt((x1.x1 + 1e-12) (x2.x2 + 1e-12))}.
 *
 * <p>{@code input1} and {@code input2} have one shape, {@code [batch, ..., features]} of rank 2 or more, {@code y_true}
 * a value for each pair; the unreduced loss has the shape {@code [batch, ...]}. As PyTorch's {@code
 * CosineEmbeddingLoss}.
 *
 * @param margin the cosine up to which a dissimilar pair costs nothing, in [-1, 1]; default 0
 */
@LossName("cosine_embedding")
@Family("similarity")
@Description("Similar pairs must point the same way, dissimilar ones apart.")
@Reference("PyTorch, torch.nn.CosineEmbeddingLoss")
public record CosineEmbedding(
    @Between(min = -1, max = 1)
    @Description("The cosine up to which a dissimilar pair costs nothing.")
    double margin)
    implements NamedInputsLoss {

  private static final double EPSILON = 1e-12;
  private static final double LONG = 1e4;

  /** The default: margin 0. */
  public CosineEmbedding() {
    this(0.0);
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of("input1", Domain.EMBEDDING),
        Input.of("input2", Domain.EMBEDDING),
        Input.of("y_true", Domain.SIGN).perRow());
  }

  @Override
  public Expr loss(Inputs in) {
    Expr yTrue = in.get("y_true");
    Expr cosine =
        normalized(in.get("input1")).times(normalized(in.get("input2"))).sum();
    Expr dissimilar = cosine.minus(margin).maximum(0);
    return where(
        yTrue.equalTo(1), constant(1).minus(cosine), where(yTrue.equalTo(-1), dissimilar, yTrue));
  }

  /** A square of a long row overflows, and epsilon is nothing beside it. */
  private static Expr normalized(Expr row) {
    Expr norm = row.norm(2);
    Expr withEpsilon = norm.squared().plus(EPSILON).sqrt();
    return row.div(where(norm.greaterThan(LONG), norm, withEpsilon));
  }
}
