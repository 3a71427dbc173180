package dev.losses.builtin.similarity;

import dev.losses.builtin.internal.Doubles;
import dev.losses.builtin.internal.LogSumExp;
import dev.losses.builtin.internal.Logistic;
import dev.losses.spi.Description;
import dev.losses.spi.Family;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;
import dev.losses.spi.Reference;
import java.util.Arrays;

/**
 * Circle loss: {@code softplus(lse_p + lse_n)} for each row, with its distance {@code d = max(1 - x.y, 0)} from every
 * other, {@code lse_p} the log-sum-exp of {@code -gamma max(m + d, 0) (m - d)} over the rows of its class, {@code lse_n}
 * that of {@code gamma max(1 + m - d, 0) (1 - m - d)} over all other rows, and {@code m} the margin.
 *
 * <p>{@code y_true} holds the class of each row, {@code [batch]}; {@code y_pred} holds embeddings of length 1, {@code
 * [batch, features]}: they are taken as they are. The unreduced loss has the shape {@code [batch]}; only losses above 0
 * count in the mean, so a row without a row of its class or of another costs 0 and counts 0. As in Keras: the gradient
 * flows through the weights {@code m + d} and {@code 1 + m - d}, which the paper holds constant.
 *
 * @param gamma the scale, {@code > 0}; default 80
 * @param margin the relaxation; default 0.4
 * @param removeDiagonal whether a row is no row of its own class; default true
 */
@LossName("circle")
@Family("similarity")
@Description(
    "Pulls rows of one class together and pushes others apart, the more the further a pair is from where it should be.")
@Reference({
  "Y. Sun et al., Circle Loss: A Unified Perspective of Pair Similarity Optimization, CVPR 2020",
  "Keras, keras.losses.Circle"
})
public record Circle(
    @Positive @Description("The scale of similarities.") double gamma,

    @Description("The relaxation: how far from its best a pair's similarity may be.")
    double margin,

    @Description("Whether a row is not compared with itself.")
    boolean removeDiagonal)
    implements AnchoredLoss {

  /** The defaults: gamma 80, margin 0.4, no row compared with itself. */
  public Circle() {
    this(80, 0.4, true);
  }

  @Override
  public Anchors anchors(LabelledRows rows) {
    return rows.anchors(
        new DotProducts(rows.values(), rows.width()),
        (anchor, products, slopes) -> cost(rows, anchor, products, slopes));
  }

  private Anchors.Cost cost(LabelledRows rows, int anchor, double[] products, double[] slopes) {
    double[] positives = new double[products.length];
    double[] negatives = new double[products.length];
    Arrays.fill(positives, Double.NEGATIVE_INFINITY);
    Arrays.fill(negatives, Double.NEGATIVE_INFINITY);
    for (int other = 0; other < products.length; other++) {
      double cosine = cosine(products[other]);
      if (rows.negative(anchor, other)) {
        negatives[other] = gamma * Math.max(cosine + margin, 0) * (cosine - margin);
      } else if (other != anchor || !removeDiagonal) {
        double distance = 1 - cosine;
        positives[other] = gamma * Math.max(distance + margin, 0) * (distance - margin);
      }
    }
    LogSumExp allPositives = LogSumExp.of(positives);
    LogSumExp allNegatives = LogSumExp.of(negatives);
    if (allPositives.max() == Double.NEGATIVE_INFINITY
        || allNegatives.max() == Double.NEGATIVE_INFINITY) {
      return Anchors.Cost.NONE;
    }
    double score = allPositives.value() + allNegatives.value();
    double loss = Logistic.softplus(score);
    double slope = Logistic.sigmoid(score);
    for (int other = 0; other < products.length; other++) {
      double share = allPositives.softmax(positives[other]) * positiveSlope(products[other])
          + allNegatives.softmax(negatives[other]) * negativeSlope(products[other]);
      // The product grows as the distance falls, and a distance of 0 falls no more.
      slopes[other] = products[other] < 1 || Double.isNaN(products[other]) ? -slope * share : 0;
    }
    boolean counted = Doubles.rounded(loss, rows.tensor().dtype()) > 0 || Double.isNaN(loss);
    return new Anchors.Cost(loss, counted ? 1 : 0);
  }

  /** One minus the distance. */
  private static double cosine(double product) {
    return Math.min(product, 1);
  }

  /** The derivative of a positive's score with respect to its distance. */
  private double positiveSlope(double product) {
    double distance = 1 - cosine(product);
    return distance + margin > 0 ? 2 * gamma * distance : 0;
  }

  /** The derivative of a negative's score with respect to its distance. */
  private double negativeSlope(double product) {
    double cosine = cosine(product);
    return cosine + margin > 0 ? -2 * gamma * cosine : 0;
  }
}
