package dev.losses.server;

import dev.losses.engine.LossInputs;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.SplittableRandom;

/** Rows of numbers that float32 holds, so that both dtypes mean the same. */
final class RandomRows {
  private final int rows;
  private final int width;
  private final double[] yTrue;
  private final double[] yPred;
  private final double[] weights;

  RandomRows(int rows, int width, boolean weighted) {
    this.rows = rows;
    this.width = width;
    this.yTrue = random(rows * width, 1);
    this.yPred = random(rows * width, 2);
    this.weights = weighted
        ? new SplittableRandom(3).doubles(rows).map(value -> (float) value).toArray()
        : new double[0];
  }

  private static double[] random(int size, long seed) {
    return new SplittableRandom(seed)
        .doubles(size)
        .map(value -> (float) (4 * value - 2))
        .toArray();
  }

  int rows() {
    return rows;
  }

  LossInputs inputs(DType dtype) {
    LossInputs inputs = LossInputs.of(tensor(yTrue, dtype), tensor(yPred, dtype));
    return weights.length == 0 ? inputs : inputs.withSampleWeight(weights);
  }

  /** The values of each column one after the other; the weights last, if there are any. */
  double[][] columns() {
    return weights.length == 0
        ? new double[][] {yTrue, yPred}
        : new double[][] {yTrue, yPred, weights};
  }

  private Tensor tensor(double[] values, DType dtype) {
    Tensor tensor = width == 1 ? Tensor.zeros(dtype, rows) : Tensor.zeros(dtype, rows, width);
    for (int i = 0; i < values.length; i++) {
      tensor.set(i, values[i]);
    }
    return tensor;
  }

  /** As JSON, one object a line. */
  String toLines() {
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      lines.append("{\"y_true\":");
      append(lines, yTrue, row);
      lines.append(",\"y_pred\":");
      append(lines, yPred, row);
      if (weights.length > 0) {
        lines.append(",\"sample_weight\":").append(weights[row]);
      }
      lines.append("}\n");
    }
    return lines.toString();
  }

  private void append(StringBuilder lines, double[] values, int row) {
    if (width == 1) {
      lines.append(values[row]);
      return;
    }
    for (int i = 0; i < width; i++) {
      lines.append(i == 0 ? '[' : ',').append(values[row * width + i]);
    }
    lines.append(']');
  }
}
