package dev.losses.builtin.similarity;

import dev.losses.builtin.internal.Doubles;
import dev.losses.builtin.internal.Interruption;
import dev.losses.spi.Losses;
import dev.losses.spi.Tensor;
import java.util.Map;

/** A loss for each row of a batch, the anchor, made of how near all rows are to it. */
final class Anchors {

  /** What an anchor costs. */
  @FunctionalInterface
  interface Rule {
    /**
     * The loss of one anchor.
     *
     * @param nearness of every row to the anchor
     * @param slopes all 0; the derivative of the loss with respect to each nearness is left in it
     */
    Cost cost(int anchor, double[] nearness, double[] slopes);
  }

  /** The loss of an anchor and what it counts for in the mean. */
  record Cost(double loss, double count) {
    static final Cost NONE = new Cost(0, 0);

    static Cost of(double loss) {
      return new Cost(loss, 1);
    }
  }

  private final Tensor yPred;
  private final Pairs pairs;
  private final Rule rule;

  /** @param yPred what the pairs are pairs of */
  Anchors(Tensor yPred, Pairs pairs, Rule rule) {
    this.yPred = yPred;
    this.pairs = pairs;
    this.rule = rule;
  }

  Losses losses() {
    int batch = pairs.count();
    double[] nearness = new double[batch];
    double[] losses = new double[batch];
    double[] counts = new double[batch];
    for (int anchor = 0; anchor < batch; anchor++) {
      Interruption.check();
      pairs.nearness(anchor, nearness);
      Cost cost = rule.cost(anchor, nearness, new double[batch]);
      losses[anchor] = cost.loss();
      counts[anchor] = cost.count();
    }
    return new Losses(
        Doubles.tensor(yPred.dtype(), losses, batch), Doubles.tensor(yPred.dtype(), counts, batch));
  }

  Map<String, Tensor> gradient(Tensor upstream) {
    int batch = pairs.count();
    double[] nearness = new double[batch];
    double[] gradient = new double[yPred.size()];
    for (int anchor = 0; anchor < batch; anchor++) {
      Interruption.check();
      double factor = upstream.get(anchor);
      if (factor != 0) {
        double[] slopes = new double[batch];
        pairs.nearness(anchor, nearness);
        rule.cost(anchor, nearness, slopes);
        for (int other = 0; other < batch; other++) {
          slopes[other] *= factor;
        }
        pairs.backpropagate(anchor, slopes, gradient);
      }
    }
    pairs.finish(gradient);
    return Map.of("y_pred", Doubles.tensor(yPred.dtype(), gradient, yPred.shape()));
  }
}
