package dev.losses.builtin.segmentation;

import dev.losses.builtin.internal.Doubles;
import dev.losses.builtin.internal.Pair;
import dev.losses.spi.Losses;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How far a prediction is from the truth it should overlap with: {@code missed / (TP + missed)} of each region, {@code
 * missed = alpha FP + beta FN + epsilon}.
 *
 * <p>That is {@code 1 - TP / (TP + alpha FP + beta FN + epsilon)} without the cancellation. Dice is half of each; Jaccard
 * is all of each.
 */
final class Overlap {
  private final double alpha;
  private final double beta;
  private final double[] yTrue;
  private final double[] yPred;
  private final Tensor tensor;
  private final int[] lossShape;
  private final int[] positions;
  private final double[] hits;
  private final double[] missed;
  /** Hits and missed, each element's without cancellation where the truth is 0 or 1. */
  private final double[] all;

  Overlap(
      double alpha,
      double beta,
      double epsilon,
      @Nullable List<Integer> axes,
      Map<String, Tensor> inputs) {
    this.alpha = alpha;
    this.beta = beta;
    this.tensor = Pair.of(inputs).yPred();
    this.yTrue = Doubles.of(Pair.of(inputs).yTrue());
    this.yPred = Doubles.of(tensor);
    Regions regions = Regions.of(tensor.shape(), axes);
    this.lossShape = regions.lossShape();
    this.positions = regions.positions();
    int count = Tensor.sizeOf(lossShape);
    this.hits = new double[count];
    this.missed = new double[count];
    this.all = new double[count];
    for (int i = 0; i < yPred.length; i++) {
      hits[positions[i]] += yTrue[i] * yPred[i];
      missed[positions[i]] +=
          alpha * ((1 - yTrue[i]) * yPred[i]) + beta * (yTrue[i] * (1 - yPred[i]));
      all[positions[i]] += beta * yTrue[i] + allSlope(yTrue[i]) * yPred[i];
    }
    for (int region = 0; region < count; region++) {
      missed[region] += epsilon;
      all[region] += epsilon;
    }
  }

  /** The losses, each of them a function of how far off its region is. */
  Losses losses(DoubleUnaryOperator function) {
    double[] losses = new double[hits.length];
    for (int region = 0; region < losses.length; region++) {
      losses[region] = function.applyAsDouble(distance(region));
    }
    return Losses.of(Doubles.tensor(tensor.dtype(), losses, lossShape));
  }

  /** The gradient, given the derivative of that function. */
  Map<String, Tensor> gradient(Tensor upstream, DoubleUnaryOperator derivative) {
    double[] slopes = new double[hits.length];
    for (int region = 0; region < slopes.length; region++) {
      double factor = upstream.get(region);
      slopes[region] = factor == 0 ? 0 : factor * derivative.applyAsDouble(distance(region));
    }
    double[] gradient = new double[yPred.length];
    for (int i = 0; i < gradient.length; i++) {
      int region = positions[i];
      if (slopes[region] != 0) {
        double size = all[region];
        gradient[i] =
            slopes[region] * ((allSlope(yTrue[i]) * (hits[region] / size) - yTrue[i]) / size);
      }
    }
    return Map.of("y_pred", Doubles.tensor(tensor.dtype(), gradient, tensor.shape()));
  }

  private double distance(int region) {
    return missed[region] / all[region];
  }

  /** By how much all of a region grows with an element's prediction. */
  private double allSlope(double truth) {
    return (1 - beta) * truth + alpha * (1 - truth);
  }
}
