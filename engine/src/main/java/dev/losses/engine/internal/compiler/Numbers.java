package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.kernel.Sums;
import dev.losses.spi.DType;
import java.util.Arrays;

/** What a compiled kernel does with arrays of one dtype outside its loops. */
enum Numbers {
  FLOAT32 {
    @Override
    Object array(int length) {
      return new float[length];
    }

    @Override
    int length(Object array) {
      return ((float[]) array).length;
    }

    @Override
    double get(Object array, int index) {
      return ((float[]) array)[index];
    }

    @Override
    void set(Object array, int index, double value) {
      ((float[]) array)[index] = (float) value;
    }

    @Override
    void fill(Object array, int from, int to, double value) {
      Arrays.fill((float[]) array, from, to, (float) value);
    }

    @Override
    void copy(double[] from, Object to, int length) {
      float[] floats = (float[]) to;
      for (int i = 0; i < length; i++) {
        floats[i] = (float) from[i];
      }
    }

    @Override
    void toColumns(Object from, int offset, Object to, int rows, int columns, int stride) {
      float[] source = (float[]) from;
      float[] target = (float[]) to;
      for (int i = 0; i < rows; i++) {
        int at = offset + i * columns;
        for (int j = 0; j < columns; j++) {
          target[j * stride + i] = source[at + j];
        }
      }
    }

    @Override
    void toRows(Object from, Object to, int offset, int rows, int columns, int stride) {
      float[] source = (float[]) from;
      float[] target = (float[]) to;
      for (int i = 0; i < rows; i++) {
        int at = offset + i * columns;
        for (int j = 0; j < columns; j++) {
          target[at + j] = source[j * stride + i];
        }
      }
    }

    @Override
    double sum(Object lanes, int from) {
      return Sums.ofLanes((float[]) lanes, from);
    }
  },
  FLOAT64 {
    @Override
    Object array(int length) {
      return new double[length];
    }

    @Override
    int length(Object array) {
      return ((double[]) array).length;
    }

    @Override
    double get(Object array, int index) {
      return ((double[]) array)[index];
    }

    @Override
    void set(Object array, int index, double value) {
      ((double[]) array)[index] = value;
    }

    @Override
    void fill(Object array, int from, int to, double value) {
      Arrays.fill((double[]) array, from, to, value);
    }

    @Override
    void copy(double[] from, Object to, int length) {
      System.arraycopy(from, 0, to, 0, length);
    }

    @Override
    void toColumns(Object from, int offset, Object to, int rows, int columns, int stride) {
      double[] source = (double[]) from;
      double[] target = (double[]) to;
      for (int i = 0; i < rows; i++) {
        int at = offset + i * columns;
        for (int j = 0; j < columns; j++) {
          target[j * stride + i] = source[at + j];
        }
      }
    }

    @Override
    void toRows(Object from, Object to, int offset, int rows, int columns, int stride) {
      double[] source = (double[]) from;
      double[] target = (double[]) to;
      for (int i = 0; i < rows; i++) {
        int at = offset + i * columns;
        for (int j = 0; j < columns; j++) {
          target[at + j] = source[j * stride + i];
        }
      }
    }

    @Override
    double sum(Object lanes, int from) {
      return Sums.ofLanes((double[]) lanes, from);
    }
  };

  static Numbers of(DType dtype) {
    return dtype == DType.FLOAT32 ? FLOAT32 : FLOAT64;
  }

  abstract Object array(int length);

  abstract int length(Object array);

  abstract double get(Object array, int index);

  abstract void set(Object array, int index, double value);

  abstract void fill(Object array, int from, int to, double value);

  /** Copies numbers of this dtype that are held in doubles. */
  abstract void copy(double[] from, Object to, int length);

  /** Lays rows side by side: the element of row i and column j goes to {@code j * stride + i}. */
  abstract void toColumns(Object from, int offset, Object to, int rows, int columns, int stride);

  /** Lays them one after the other again. */
  abstract void toRows(Object from, Object to, int offset, int rows, int columns, int stride);

  /** The sum of a group of lanes. */
  abstract double sum(Object lanes, int from);

  /** Whether any of a group of lanes is not 0. */
  boolean any(Object lanes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (get(lanes, i) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The largest of a group of lanes. */
  double max(Object lanes, int from, int length) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + length; i++) {
      max = Math.max(max, get(lanes, i));
    }
    return max;
  }

  /** Adds the first lanes of one group to those of another, or keeps the larger. */
  void merge(RowOperation operation, Object lanes, Object others, int from, int length) {
    for (int i = from; i < from + length; i++) {
      double a = get(lanes, i);
      double b = get(others, i);
      set(lanes, i, operation == RowOperation.SUM ? a + b : Math.max(a, b));
    }
  }

  /** Copies numbers, and repeats the first of them in what is left of the target's first {@code padded}. */
  void copyPadded(Object from, int offset, int length, Object to, int padded) {
    System.arraycopy(from, offset, to, 0, length);
    fill(to, length, padded, get(from, offset));
  }
}
