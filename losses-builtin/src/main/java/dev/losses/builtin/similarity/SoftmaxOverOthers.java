package dev.losses.builtin.similarity;

import dev.losses.builtin.internal.LogSumExp;

/**
 * The cross-entropy of picking a row of the anchor's class among all other rows, by the softmax of cosines over a
 * temperature; the mean over the rows of its class.
 */
final class SoftmaxOverOthers implements Anchors.Rule {
  private final LabelledRows rows;
  private final double temperature;

  private SoftmaxOverOthers(LabelledRows rows, double temperature) {
    this.rows = rows;
    this.temperature = temperature;
  }

  static Anchors anchors(LabelledRows rows, double temperature) {
    return rows.anchors(
        new Cosines(rows.values(), rows.width()), new SoftmaxOverOthers(rows, temperature));
  }

  @Override
  public Anchors.Cost cost(int anchor, double[] cosines, double[] slopes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int other = 0; other < cosines.length; other++) {
      largest = other == anchor ? largest : Math.max(largest, cosines[other]);
    }
    // The softmax knows differences only, which are rounded less before they are divided.
    double[] scores = new double[cosines.length];
    for (int other = 0; other < cosines.length; other++) {
      scores[other] = (cosines[other] - largest) / temperature;
    }
    scores[anchor] = Double.NEGATIVE_INFINITY;
    int positives = 0;
    for (int other = 0; other < scores.length; other++) {
      positives += rows.positive(anchor, other) ? 1 : 0;
    }
    if (positives == 0) {
      return Anchors.Cost.NONE;
    }
    LogSumExp all = LogSumExp.of(scores);
    double loss = 0;
    for (int other = 0; other < scores.length; other++) {
      boolean positive = rows.positive(anchor, other);
      loss += positive ? all.minus(scores[other]) / positives : 0;
      slopes[other] = (all.softmax(scores[other]) - (positive ? 1.0 / positives : 0)) / temperature;
    }
    return Anchors.Cost.of(loss);
  }
}
