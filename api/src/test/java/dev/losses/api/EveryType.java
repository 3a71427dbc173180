package dev.losses.api;

import dev.losses.spi.AtLeast;
import dev.losses.spi.Between;
import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loss with a parameter of every type. */
@LossName("every_type")
public record EveryType(
    @Positive @Description("A scale.") double scale,
    @AtLeast(1) int steps,
    boolean fromLogits,
    String label,
    Mode mode,
    @Between(min = 0, max = 1) List<Double> weight,
    List<Integer> axes,
    @Nullable Double eps,
    @Nullable Integer ignoreIndex,
    @Nullable List<Double> classWeight)
    implements FormulaLoss {

  /** Words on the wire: one made from its name, one of its own. */
  public enum Mode {
    PLAIN,
    SQUARED {
      @Override
      public String toString() {
        return "squared-L2";
      }
    }
  }

  public EveryType {
    if (scale > 100 && steps > 100) {
      throw new IllegalArgumentException("scale and steps must not both be > 100");
    }
    if (label.equals("broken")) {
      throw new IllegalStateException("out of order");
    }
  }

  public EveryType() {
    this(1, 2, false, "x", Mode.PLAIN, List.of(0.5), List.of(-1), null, null, null);
  }

  @Override
  public Expr loss(Expr yTrue, Expr yPred) {
    return yPred.minus(yTrue).abs().times(scale);
  }
}
