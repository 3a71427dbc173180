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
    int hash(Object array) {
      return Arrays.hashCode((float[]) array);
    }

    @Override
    double sum(Object lanes, int from) {
      return Sums.ofLanes((float[]) lanes, from);
    }

    @Override
    double max(Object lanes, int from, int length) {
      float[] values = (float[]) lanes;
      float a = values[from];
      float b = values[from + 1];
      float c = values[from + 2];
      float d = values[from + 3];
      for (int i = from + 4; i < from + length; i += 4) {
        a = Math.max(a, values[i]);
        b = Math.max(b, values[i + 1]);
        c = Math.max(c, values[i + 2]);
        d = Math.max(d, values[i + 3]);
      }
      return Math.max(Math.max(a, b), Math.max(c, d));
    }

    @Override
    boolean anyPositive(Object lanes, int from, int length) {
      float[] values = (float[]) lanes;
      for (int i = from; i < from + length; i++) {
        if (values[i] > 0) {
          return true;
        }
      }
      return false;
    }

    @Override
    void merge(
        RowOperation operation, Object lanes, int from, Object others, int fromOthers, int length) {
      float[] target = (float[]) lanes;
      float[] source = (float[]) others;
      for (int i = 0; i < length; i++) {
        float a = target[from + i];
        float b = source[fromOthers + i];
        target[from + i] = operation == RowOperation.SUM ? a + b : Math.max(a, b);
      }
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
    int hash(Object array) {
      return Arrays.hashCode((double[]) array);
    }

    @Override
    double sum(Object lanes, int from) {
      return Sums.ofLanes((double[]) lanes, from);
    }

    @Override
    double max(Object lanes, int from, int length) {
      double[] values = (double[]) lanes;
      double a = values[from];
      double b = values[from + 1];
      double c = values[from + 2];
      double d = values[from + 3];
      for (int i = from + 4; i < from + length; i += 4) {
        a = Math.max(a, values[i]);
        b = Math.max(b, values[i + 1]);
        c = Math.max(c, values[i + 2]);
        d = Math.max(d, values[i + 3]);
      }
      return Math.max(Math.max(a, b), Math.max(c, d));
    }

    @Override
    boolean anyPositive(Object lanes, int from, int length) {
      double[] values = (double[]) lanes;
      for (int i = from; i < from + length; i++) {
        if (values[i] > 0) {
          return true;
        }
      }
      return false;
    }

    @Override
    void merge(
        RowOperation operation, Object lanes, int from, Object others, int fromOthers, int length) {
      double[] target = (double[]) lanes;
      double[] source = (double[]) others;
      for (int i = 0; i < length; i++) {
        double a = target[from + i];
        double b = source[fromOthers + i];
        target[from + i] = operation == RowOperation.SUM ? a + b : Math.max(a, b);
      }
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

  /** A hash of every bit but those of NaN. */
  abstract int hash(Object array);

  /** The sum of a group of lanes. */
  abstract double sum(Object lanes, int from);

  /** The largest of a group of lanes, whose number is a multiple of 4. */
  abstract double max(Object lanes, int from, int length);

  /** Whether any of some lanes is above 0. */
  abstract boolean anyPositive(Object lanes, int from, int length);

  /** Adds the first lanes of a group to those of another, or keeps the larger. */
  abstract void merge(
      RowOperation operation, Object lanes, int from, Object others, int fromOthers, int length);

  /** Copies numbers, and repeats the first of them in what is left of the target's first {@code padded}. */
  void copyPadded(Object from, int offset, int length, Object to, int padded) {
    System.arraycopy(from, offset, to, 0, length);
    fill(to, length, padded, get(from, offset));
  }
}
