package dev.losses.builtin.similarity;

/** The cosines of rows: inner products of {@code x / max(norm(x), 1e-7)}, so that a row of zeros has the cosine 0. */
final class Cosines implements Pairs {
  private static final double EPSILON = 1e-7;

  private final double[] units;
  private final double[] norms;
  private final DotProducts products;

  Cosines(double[] rows, int width) {
    this.units = new double[rows.length];
    this.norms = new double[rows.length / width];
    for (int row = 0; row < norms.length; row++) {
      double largest = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        largest = Math.max(largest, Math.abs(rows[i]));
      }
      double scale = Scales.of(largest);
      double squares = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        squares += rows[i] * scale * (rows[i] * scale);
      }
      double scaledNorm = Math.sqrt(squares);
      norms[row] = scaledNorm / scale;
      for (int i = row * width; i < (row + 1) * width; i++) {
        units[i] = norms[row] <= EPSILON ? rows[i] / EPSILON : rows[i] * scale / scaledNorm;
      }
    }
    this.products = new DotProducts(units, width);
  }

  @Override
  public int count() {
    return norms.length;
  }

  @Override
  public void nearness(int anchor, double[] into) {
    products.nearness(anchor, into);
  }

  @Override
  public void backpropagate(int anchor, double[] slopes, double[] gradient) {
    products.backpropagate(anchor, slopes, gradient);
  }

  /** From the gradient of the unit rows to that of the rows. */
  @Override
  public void finish(double[] gradient) {
    int width = units.length / norms.length;
    for (int row = 0; row < norms.length; row++) {
      double along = 0;
      boolean zero = true;
      for (int i = row * width; i < (row + 1) * width; i++) {
        zero &= gradient[i] == 0;
        along += gradient[i] * units[i];
      }
      if (zero) {
        continue;
      }
      for (int i = row * width; i < (row + 1) * width; i++) {
        gradient[i] = norms[row] <= EPSILON
            ? gradient[i] / EPSILON
            : (gradient[i] - along * units[i]) / norms[row];
      }
    }
  }
}
