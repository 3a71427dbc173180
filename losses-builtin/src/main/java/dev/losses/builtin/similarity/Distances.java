package dev.losses.builtin.similarity;

/** The Euclidean distances of rows, or their squares; the gradient of a distance of 0 is 0. */
final class Distances implements Pairs {
  private final double[] rows;
  private final int width;
  private final boolean squared;

  Distances(double[] rows, int width, boolean squared) {
    this.rows = rows;
    this.width = width;
    this.squared = squared;
  }

  @Override
  public int count() {
    return rows.length / width;
  }

  @Override
  public void nearness(int anchor, double[] into) {
    for (int other = 0; other < count(); other++) {
      into[other] = distance(anchor, other);
    }
  }

  @Override
  public void backpropagate(int anchor, double[] slopes, double[] gradient) {
    for (int other = 0; other < count(); other++) {
      if (slopes[other] != 0 && other != anchor) {
        backpropagate(anchor, other, slopes[other], gradient);
      }
    }
  }

  private void backpropagate(int anchor, int other, double slope, double[] gradient) {
    double distance = squared ? 0.5 : distance(anchor, other);
    if (distance == 0) {
      return;
    }
    for (int i = 0; i < width; i++) {
      int here = anchor * width + i;
      int there = other * width + i;
      double derivative = slope * ((rows[here] - rows[there]) / distance);
      gradient[here] += derivative;
      gradient[there] -= derivative;
    }
  }

  private double distance(int anchor, int other) {
    // Even where its numbers are not, a row is at no distance from itself.
    if (anchor == other) {
      return 0;
    }
    double squares = 0;
    for (int i = 0; i < width; i++) {
      double difference = rows[anchor * width + i] - rows[other * width + i];
      squares += difference * difference;
    }
    return squared ? squares : Math.sqrt(squares);
  }
}
