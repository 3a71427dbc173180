package dev.losses.builtin.similarity;

import dev.losses.spi.Description;
import dev.losses.spi.Family;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;

/**
 * Triplet loss with semi-hard mining: for each row, {@code max(0, margin + d_p - d_n)} summed over the other rows of its
 * class at their distances {@code d_p}, with {@code d_n} the smallest distance above {@code d_p} to a row of another
 * class, or the largest such distance where none is above {@code d_p}.
 *
 * <p>The loss of a row counts as many times in the mean as it has rows of its class, so the mean is over positive pairs;
 * a row that is alone in its class costs 0 and counts 0. Where there is no other class, {@code d_n = 0}. Rows of another
 * class at an equal distance share the gradient; at a loss of 0, and for a distance of 0, it is 0.
 *
 * <p>{@code y_true} holds the class of each row, {@code [batch]}; {@code y_pred} holds embeddings, {@code [batch,
 * features]}; the unreduced loss has the shape {@code [batch]}. A row that is masked out still serves the others. As in
 * TensorFlow Addons, save that distances are computed from differences, which is exact for rows close together.
 *
 * @param margin by how much {@code d_n} should exceed {@code d_p}; default 1
 * @param distanceMetric {@code L2}, the default, or {@code squared-L2}
 */
@LossName("triplet_semihard")
@Family("similarity")
@Description(
    "Triplet loss of each pair of a class with the nearest row of another class that is further than the pair.")
@Reference({
  "F. Schroff, D. Kalenichenko, J. Philbin, FaceNet: A Unified Embedding for Face Recognition and Clustering, CVPR 2015",
  "TensorFlow Addons, tfa.losses.TripletSemiHardLoss"
})
public record TripletSemihard(
    @Description("By how much the row of another class should be further away.")
    double margin,

    @Description("How far apart two rows are.") DistanceMetric distanceMetric)
    implements AnchoredLoss {

  /** The defaults: margin 1, Euclidean distances. */
  public TripletSemihard() {
    this(1.0, DistanceMetric.EUCLIDEAN);
  }

  @Override
  public Anchors anchors(LabelledRows rows) {
    return rows.anchors(
        distanceMetric.between(rows),
        (anchor, distances, slopes) -> cost(rows, anchor, distances, slopes));
  }

  private Anchors.Cost cost(LabelledRows rows, int anchor, double[] distances, double[] slopes) {
    SortedNegatives negatives =
        new SortedNegatives(distances, other -> rows.negative(anchor, other));
    double loss = 0;
    int positives = 0;
    for (int other = 0; other < distances.length; other++) {
      if (rows.positive(anchor, other)) {
        int negative = negatives.semihard(distances[other]);
        double lead = distances[other] - negatives.distance(negative);
        double pairLoss = Math.max(margin + lead, 0);
        // 1, 0 where the margin is kept, or NaN.
        double slope = Math.signum(pairLoss);
        slopes[other] += slope;
        negatives.pull(negative, slope);
        loss += pairLoss;
        positives++;
      }
    }
    negatives.share(slopes);
    return new Anchors.Cost(loss, positives);
  }
}
