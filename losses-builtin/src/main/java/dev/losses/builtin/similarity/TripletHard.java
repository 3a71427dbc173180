package dev.losses.builtin.similarity;

import dev.losses.builtin.internal.Logistic;
import dev.losses.spi.Description;
import dev.losses.spi.Family;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;
import java.util.function.IntPredicate;

/**
 * Triplet loss with hard mining: {@code max(0, margin + d_p - d_n)} for each row, with {@code d_p} the distance to the
 * furthest row of its class and {@code d_n} that to the nearest row of another.
 *
 * <p>Soft, it is {@code ln(1 + e^(d_p - d_n))}, in the form that never overflows, and has no margin. A row that is
 * alone
 * in its class has {@code d_p = 0}; where there is no other class, {@code d_n} is the largest distance of all, so that
 * the loss is the margin, or with {@code soft} ln 2. Rows at an equal distance share the gradient; at a loss of 0, and
 * for a distance of 0, it is 0.
 *
 * <p>{@code y_true} holds the class of each row, {@code [batch]}; {@code y_pred} holds embeddings, {@code [batch,
 * features]}; the unreduced loss has the shape {@code [batch]}. A row that is masked out still serves the others. As in
 * TensorFlow Addons, save that distances are computed from differences, which is exact for rows close together.
 *
 * @param margin by how much {@code d_n} should exceed {@code d_p}; default 1
 * @param soft whether the loss is soft; default false
 * @param distanceMetric {@code L2}, the default, or {@code squared-L2}
 */
@LossName("triplet_hard")
@Family("similarity")
@Description(
    "Triplet loss of each row with the furthest row of its class and the nearest row of another.")
@Reference({
  "A. Hermans, L. Beyer, B. Leibe, In Defense of the Triplet Loss for Person Re-Identification, 2017",
  "TensorFlow Addons, tfa.losses.TripletHardLoss"
})
public record TripletHard(
    @Description("By how much the nearest row of another class should be further away.")
    double margin,

    @Description("Whether the margin gives way to ln(1 + e^(d_p - d_n)).")
    boolean soft,

    @Description("How far apart two rows are.") DistanceMetric distanceMetric)
    implements AnchoredLoss {

  /** The defaults: margin 1, not soft, Euclidean distances. */
  public TripletHard() {
    this(1.0, false, DistanceMetric.EUCLIDEAN);
  }

  @Override
  public Anchors anchors(LabelledRows rows) {
    return rows.anchors(
        distanceMetric.between(rows),
        (anchor, distances, slopes) -> cost(rows, anchor, distances, slopes));
  }

  private Anchors.Cost cost(LabelledRows rows, int anchor, double[] distances, double[] slopes) {
    IntPredicate positives = other -> rows.positive(anchor, other);
    IntPredicate negatives = other -> rows.negative(anchor, other);
    double furthest = 0;
    double nearest = Double.POSITIVE_INFINITY;
    boolean oneClass = true;
    for (int other = 0; other < distances.length; other++) {
      if (positives.test(other)) {
        furthest = Math.max(furthest, distances[other]);
      } else if (negatives.test(other)) {
        nearest = Math.min(nearest, distances[other]);
        oneClass = false;
      }
    }
    // Without another class the nearest is the furthest of all, which is of this class: the two
    // cancel, also where they overflow.
    double difference = furthest - (oneClass ? furthest : nearest);
    if (oneClass && furthest == Double.POSITIVE_INFINITY) {
      difference = 0;
    }
    double loss = soft ? Logistic.softplus(difference) : Math.max(margin + difference, 0);
    double slope = soft ? Logistic.sigmoid(difference) : Math.signum(loss);
    if (!oneClass && slope != 0) {
      share(slope, furthest, distances, positives, slopes);
      share(-slope, nearest, distances, negatives, slopes);
    }
    return Anchors.Cost.of(loss);
  }

  /** Shares a slope among the rows that are at a distance. */
  private static void share(
      double slope, double distance, double[] distances, IntPredicate rows, double[] slopes) {
    int ties = 0;
    for (int other = 0; other < distances.length; other++) {
      ties += rows.test(other) && Double.compare(distances[other], distance) == 0 ? 1 : 0;
    }
    for (int other = 0; other < distances.length; other++) {
      if (rows.test(other) && Double.compare(distances[other], distance) == 0) {
        slopes[other] = slope / ties;
      }
    }
  }
}
