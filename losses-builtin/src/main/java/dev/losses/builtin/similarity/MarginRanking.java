package dev.losses.builtin.similarity;

import static dev.losses.spi.Expr.constant;

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
 * Margin ranking loss: {@code max(0, -t (x1 - x2) + margin)}, averaged over the last axis.
 *
 * <p>{@code t = 1} asks {@code input1} to be ranked higher by the margin, {@code t = -1} {@code input2}. All have one
 * shape, {@code [batch, ..., features]}; the unreduced loss has the shape {@code [batch, ...]}. As PyTorch's {@code
 * MarginRankingLoss}.
 *
 * @param margin by how much the one must exceed the other; default 0
 */
@LossName("margin_ranking")
@Family("similarity")
@Description("Of two scores the right one must be higher by a margin.")
@Reference("PyTorch, torch.nn.MarginRankingLoss")
public record MarginRanking(
    @Description("By how much the one must exceed the other.")
    double margin) implements NamedInputsLoss {

  /** The default: margin 0. */
  public MarginRanking() {
    this(0.0);
  }

  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of("input1", Domain.REAL),
        Input.of("input2", Domain.REAL),
        Input.of("y_true", Domain.SIGN));
  }

  @Override
  public Expr loss(Inputs in) {
    Expr lead = in.get("input1").minus(in.get("input2"));
    return constant(margin).minus(in.get("y_true").times(lead)).maximum(0);
  }
}
