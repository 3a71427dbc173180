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
  private final Tensor yTrue;
  private final Tensor yPred;
  private final int[] lossShape;
  private final int runLength;
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
    this.yTrue = Pair.of(inputs).yTrue();
    this.yPred = Pair.of(inputs).yPred();
    Regions regions = Regions.of(yPred.shape(), axes);
    this.lossShape = regions.lossShape();
    this.runLength = regions.runLength();
    this.positions = regions.positions();
    int count = Tensor.sizeOf(lossShape);
    this.hits = new double[count];
    this.missed = new double[count];
    this.all = new double[count];
    for (int run = 0; run < positions.length; run++) {
      double hit = 0;
      double miss = 0;
      double whole = 0;
      for (int i = run * runLength; i < (run + 1) * runLength; i++) {
        double t = yTrue.get(i);
        double p = yPred.get(i);
        hit += t * p;
        miss += alpha * ((1 - t) * p) + beta * (t * (1 - p));
        whole += beta * t + allSlope(t) * p;
      }
      hits[positions[run]] += hit;
      missed[positions[run]] += miss;
      all[positions[run]] += whole;
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
    return Losses.of(Doubles.tensor(yPred.dtype(), losses, lossShape));
  }

  /** The gradient, given the derivative of that function. */
  Map<String, Tensor> gradient(Tensor upstream, DoubleUnaryOperator derivative) {
    double[] slopes = new double[hits.length];
    for (int region = 0; region < slopes.length; region++) {
      double factor = upstream.get(region);
      slopes[region] = factor == 0 ? 0 : factor * derivative.applyAsDouble(distance(region));
    }
    Tensor gradient = Tensor.zeros(yPred.dtype(), yPred.shape());
    for (int run = 0; run < positions.length; run++) {
      int region = positions[run];
      if (slopes[region] != 0) {
        double hit = hits[region] / all[region];
        double slope = slopes[region] / all[region];
        for (int i = run * runLength; i < (run + 1) * runLength; i++) {
          double t = yTrue.get(i);
          gradient.set(i, slope * (allSlope(t) * hit - t));
        }
      }
    }
    return Map.of("y_pred", gradient);
  }

  private double distance(int region) {
    return missed[region] / all[region];
  }

  /** By how much all of a region grows with an element's prediction. */
  private double allSlope(double truth) {
    return (1 - beta) * truth + alpha * (1 - truth);
  }
}
