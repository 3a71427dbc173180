package dev.losses.engine;

/** What an evaluation, or one batch after the other, adds up to. */
final class Totals {
  private final Sum losses = new Sum();
  private final Sum counts = new Sum();
  private final Sum weightedCounts = new Sum();
  private final int perPosition;

  /** @param perPosition how many losses make up one position's by their mean */
  Totals(int perPosition) {
    this.perPosition = perPosition;
  }

  /** Adds a sum of weighted losses, so many of which make up a position's. */
  void addLosses(double sum, int perTheirPosition) {
    losses.add(perTheirPosition == perPosition ? sum : sum * perPosition / perTheirPosition);
  }

  /** Adds what positions that take part count for. */
  void addCounts(double sum) {
    counts.add(sum);
  }

  /** Adds weights times what their positions count for. */
  void addWeightedCounts(double sum) {
    weightedCounts.add(sum);
  }

  /** What the sum of the losses is divided by. */
  double denominator(Reduction reduction) {
    return perPosition
        * switch (reduction) {
          case MEAN -> counts.value();
          case MEAN_WITH_SAMPLE_WEIGHT -> weightedCounts.value();
          case SUM, NONE -> 1;
        };
  }

  /** The reduced loss; 0 where nothing is left to average. */
  double value(Reduction reduction) {
    double denominator = denominator(reduction);
    return denominator == 0 ? 0 : losses.value() / denominator;
  }
}
