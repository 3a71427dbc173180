package dev.losses.engine;

/**
 * What an evaluation adds up to.
 *
 * @param loss the sum of the weighted losses
 * @param count the sum of what the positions that take part count for
 * @param weightedCount the sum of the weighted counts
 * @param perPosition how many losses make up one position's by their mean
 */
record Totals(double loss, double count, double weightedCount, int perPosition) {

  /** What the sum of the losses is divided by. */
  double denominator(Reduction reduction) {
    return perPosition
        * switch (reduction) {
          case MEAN -> count;
          case MEAN_WITH_SAMPLE_WEIGHT -> weightedCount;
          case SUM, NONE -> 1;
        };
  }

  /** The reduced loss; 0 where nothing is left to average. */
  double value(Reduction reduction) {
    double denominator = denominator(reduction);
    return denominator == 0 ? 0 : loss / denominator;
  }
}
