package dev.losses.testkit;

import dev.losses.api.Loss;
import dev.losses.api.LossException;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.spi.Tensor;
import java.util.Map;
import java.util.Objects;

/** The slopes of a loss to either side of a point, by finite differences in float64. */
final class OneSidedSlopes {
  private static final double[] STEPS = {1e-4, 1e-5, 1e-6};
  private static final double ABSOLUTE_TOLERANCE = 1e-6;
  private static final double RELATIVE_TOLERANCE = 1e-4;
  private static final double INEXACT = 1e-3;

  private final Loss loss;
  private final Map<String, Tensor> inputs;
  private final double[] values;
  private final double here;

  OneSidedSlopes(Loss loss, Map<String, Tensor> inputs, String varied) {
    this.loss = loss;
    this.inputs = Tensors.copy(inputs);
    this.values = Objects.requireNonNull(this.inputs.get(varied)).doubles();
    this.here = value();
  }

  /**
   * What the derivative should be, when it is not between the slopes; else empty. So it is where a step leaves the
   * domain, or the slopes cannot be told, as beside a jump.
   */
  String disagreement(int position, double derivative) {
    Slope up = slope(position, 1);
    Slope down = slope(position, -1);
    double low = Math.min(up.value, down.value);
    double high = Math.max(up.value, down.value);
    double tolerance = ABSOLUTE_TOLERANCE
        + RELATIVE_TOLERANCE * Math.max(Math.abs(low), Math.abs(high))
        + 10 * (up.error + down.error);
    boolean agrees = derivative >= low - tolerance && derivative <= high + tolerance;
    return agrees || up.isInexact() || down.isInexact()
        ? ""
        : "between " + low + " and " + high + ", the slopes to either side by finite differences";
  }

  private Slope slope(int position, int sign) {
    double at = values[position];
    Slope best = Slope.UNKNOWN;
    double before = Double.NaN;
    try {
      for (double step : STEPS) {
        double size = step * Math.max(1, Math.abs(at));
        values[position] = at + sign * size;
        double slope = sign * (value() - here) / size;
        double rounding = 4 * Math.ulp(Math.max(1, Math.abs(here))) / size;
        double error = Math.abs(slope - before) + rounding;
        if (error < best.error) {
          best = new Slope(slope, error);
        }
        before = slope;
      }
      return best;
    } catch (LossException e) {
      // The step left the domain.
      return Slope.UNKNOWN;
    } finally {
      values[position] = at;
    }
  }

  private double value() {
    return loss.evaluate(LossInputs.named(inputs), Reduction.SUM).value();
  }

  private record Slope(double value, double error) {
    static final Slope UNKNOWN = new Slope(Double.NaN, Double.POSITIVE_INFINITY);

    boolean isInexact() {
      return !(error <= INEXACT * Math.max(1, Math.abs(value)));
    }
  }
}
