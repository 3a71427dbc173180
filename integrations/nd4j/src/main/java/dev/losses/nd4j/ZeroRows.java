package dev.losses.nd4j;

import dev.losses.spi.Tensor;

/** Rows that count for nothing, whose gradient is 0 even where NaN times 0 has made it NaN. */
final class ZeroRows {
  private ZeroRows() {}

  /** Sets the rows of the gradient to 0 for which all upstream factors are 0. */
  static void clear(Tensor gradient, Tensor upstream) {
    if (upstream.rank() == 0 || gradient.rank() == 0 || gradient.axis(0) != upstream.axis(0)) {
      return;
    }
    int rows = upstream.axis(0);
    for (int row = 0; row < rows; row++) {
      if (isZero(upstream, row, upstream.size() / rows)) {
        int width = gradient.size() / rows;
        for (int i = row * width; i < (row + 1) * width; i++) {
          gradient.set(i, 0);
        }
      }
    }
  }

  private static boolean isZero(Tensor upstream, int row, int width) {
    for (int i = row * width; i < (row + 1) * width; i++) {
      if (upstream.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
