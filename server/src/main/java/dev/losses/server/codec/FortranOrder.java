package dev.losses.server.codec;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;

/** Counts through an array with the first axis fastest, and puts what comes in that order where row-major order has it. */
final class FortranOrder {
  private final int[] shape;
  private final int[] strides;
  private final int[] index;
  private final int[] positions;
  private int position;

  /**
   * At the first element.
   *
   * @param chunkSize the most elements that are scattered at once
   */
  FortranOrder(int[] shape, int chunkSize) {
    this.shape = shape.clone();
    this.strides = new int[shape.length];
    this.index = new int[shape.length];
    this.positions = new int[chunkSize];
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
  }

  /** Whether it is another order than the row-major one: not with fewer than two axes that are longer than 1. */
  static boolean differs(int[] shape) {
    int longAxes = 0;
    for (int axis : shape) {
      longAxes += axis > 1 ? 1 : 0;
    }
    return longAxes > 1;
  }

  /** Puts the next elements, which lie at the start of a tensor of the same dtype, where they belong. */
  void scatter(Tensor chunk, int count, Tensor target) {
    for (int done = 0; done < count; ) {
      int run = Math.min(count - done, shape[0] - index[0]);
      for (int i = 0; i < run; i++) {
        positions[done++] = position;
        position += strides[0];
      }
      index[0] += run;
      carry();
    }
    if (target.dtype() == DType.FLOAT32) {
      float[] from = chunk.floats();
      float[] to = target.floats();
      for (int i = 0; i < count; i++) {
        to[positions[i]] = from[i];
      }
    } else {
      double[] from = chunk.doubles();
      double[] to = target.doubles();
      for (int i = 0; i < count; i++) {
        to[positions[i]] = from[i];
      }
    }
  }

  private void carry() {
    for (int axis = 0; axis + 1 < shape.length && index[axis] == shape[axis]; axis++) {
      position += strides[axis + 1] - shape[axis] * strides[axis];
      index[axis] = 0;
      index[axis + 1]++;
    }
  }
}
