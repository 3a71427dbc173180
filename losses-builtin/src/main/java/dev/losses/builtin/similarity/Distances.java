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
    double scale = squared ? 1 : scale(anchor, other);
    double distance = squared ? 0.5 : Math.sqrt(squares(anchor, other, scale));
    if (distance == 0) {
      return;
    }
    for (int i = 0; i < width; i++) {
      double derivative = slope * (difference(anchor, other, i, scale) / distance);
      gradient[anchor * width + i] += derivative;
      gradient[other * width + i] -= derivative;
    }
  }

  private double distance(int anchor, int other) {
    // Even where its numbers are not, a row is at no distance from itself.
    if (anchor == other) {
      return 0;
    }
    if (squared) {
      return squares(anchor, other, 1);
    }
    double scale = scale(anchor, other);
    return Math.sqrt(squares(anchor, other, scale)) / scale;
  }

  /** A power of two that keeps the squares of the differences within the range of a double. */
  private double scale(int anchor, int other) {
    double largest = 0;
    for (int i = 0; i < width; i++) {
      largest = Math.max(largest, Math.abs(difference(anchor, other, i, 1)));
    }
    return Scales.of(largest);
  }

  private double squares(int anchor, int other, double scale) {
    double squares = 0;
    for (int i = 0; i < width; i++) {
      double difference = difference(anchor, other, i, scale);
      squares += difference * difference;
    }
    return squares;
  }

  private double difference(int anchor, int other, int i, double scale) {
    double here = rows[anchor * width + i];
    double there = rows[other * width + i];
    return scale < 1 ? here * scale - there * scale : (here - there) * scale;
  }
}
