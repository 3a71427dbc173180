package dev.losses.builtin.similarity;

/** The inner products of rows. */
final class DotProducts implements Pairs {
  private final double[] rows;
  private final int width;

  DotProducts(double[] rows, int width) {
    this.rows = rows;
    this.width = width;
  }

  @Override
  public int count() {
    return rows.length / width;
  }

  @Override
  public void nearness(int anchor, double[] into) {
    for (int other = 0; other < count(); other++) {
      double sum = 0;
      for (int i = 0; i < width; i++) {
        sum += rows[anchor * width + i] * rows[other * width + i];
      }
      into[other] = sum;
    }
  }

  @Override
  public void backpropagate(int anchor, double[] slopes, double[] gradient) {
    for (int other = 0; other < count(); other++) {
      if (slopes[other] != 0) {
        for (int i = 0; i < width; i++) {
          gradient[anchor * width + i] += slopes[other] * rows[other * width + i];
          gradient[other * width + i] += slopes[other] * rows[anchor * width + i];
        }
      }
    }
  }
}
