package dev.losses.nd4j;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;

/** Turns numbers that lie column after column, as DL4J's layers leave them. */
final class ColumnMajor {
  /** Rows and columns that stay in the fastest cache meanwhile. */
  private static final int TILE = 32;

  private ColumnMajor() {}

  /**
   * Fills a matrix.
   *
   * @param columns its numbers column after column
   */
  static void copy(Tensor columns, Tensor matrix) {
    int height = matrix.axis(0);
    int width = matrix.axis(1);
    for (int row = 0; row < height; row += TILE) {
      int lastRow = Math.min(height, row + TILE);
      for (int column = 0; column < width; column += TILE) {
        int lastColumn = Math.min(width, column + TILE);
        for (int i = row; i < lastRow; i++) {
          copy(columns, matrix, i, column, lastColumn);
        }
      }
    }
  }

  private static void copy(Tensor columns, Tensor matrix, int row, int from, int to) {
    int height = matrix.axis(0);
    int start = row * matrix.axis(1);
    if (matrix.dtype() == DType.FLOAT32) {
      float[] source = columns.floats();
      float[] target = matrix.floats();
      for (int column = from; column < to; column++) {
        target[start + column] = source[column * height + row];
      }
    } else {
      double[] source = columns.doubles();
      double[] target = matrix.doubles();
      for (int column = from; column < to; column++) {
        target[start + column] = source[column * height + row];
      }
    }
  }
}
