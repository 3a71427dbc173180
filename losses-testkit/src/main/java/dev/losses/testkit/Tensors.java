package dev.losses.testkit;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The little arithmetic on tensors that checks need. */
final class Tensors {
  private static final int VALUES_SHOWN = 48;

  private Tensors() {}

  static Map<String, Tensor> copy(Map<String, Tensor> tensors) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> copies.put(name, copy(tensor)));
    return copies;
  }

  static Tensor copy(Tensor tensor) {
    return as(tensor, tensor.dtype());
  }

  static Map<String, Tensor> as(Map<String, Tensor> tensors, DType dtype) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> copies.put(name, as(tensor, dtype)));
    return copies;
  }

  private static Tensor as(Tensor tensor, DType dtype) {
    Tensor copy = Tensor.zeros(dtype, tensor.shape());
    for (int i = 0; i < tensor.size(); i++) {
      copy.set(i, tensor.get(i));
    }
    return copy;
  }

  static Tensor map(Tensor tensor, DoubleUnaryOperator function) {
    Tensor mapped = Tensor.zeros(tensor.dtype(), tensor.shape());
    for (int i = 0; i < tensor.size(); i++) {
      mapped.set(i, function.applyAsDouble(tensor.get(i)));
    }
    return mapped;
  }

  static Tensor sum(Tensor one, Tensor other) {
    Tensor sum = copy(one);
    for (int i = 0; i < sum.size(); i++) {
      sum.set(i, one.get(i) + other.get(i));
    }
    return sum;
  }

  /** The rows, slices of the first axis, in this order; some may be left out. */
  static Tensor rows(Tensor tensor, int... order) {
    int length = rowLength(tensor);
    int[] shape = tensor.shape();
    shape[0] = order.length;
    Tensor rows = Tensor.zeros(tensor.dtype(), shape);
    for (int i = 0; i < rows.size(); i++) {
      rows.set(i, tensor.get(order[i / length] * length + i % length));
    }
    return rows;
  }

  static Map<String, Tensor> rows(Map<String, Tensor> tensors, int... order) {
    Map<String, Tensor> rows = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> rows.put(name, rows(tensor, order)));
    return rows;
  }

  /** The slices of an axis in this order. */
  static Tensor reordered(Tensor tensor, int axis, int[] order) {
    int inner = 1;
    for (int i = axis + 1; i < tensor.rank(); i++) {
      inner *= tensor.axis(i);
    }
    Tensor reordered = Tensor.zeros(tensor.dtype(), tensor.shape());
    int slices = tensor.axis(axis);
    for (int i = 0; i < tensor.size(); i++) {
      int slice = i / inner % slices;
      reordered.set(i, tensor.get(i + (order[slice] - slice) * inner));
    }
    return reordered;
  }

  /** The tensor with one row taken from another. */
  static Tensor withRow(Tensor tensor, int row, Tensor other) {
    Tensor changed = copy(tensor);
    int length = rowLength(tensor);
    for (int i = row * length; i < (row + 1) * length; i++) {
      changed.set(i, other.get(i));
    }
    return changed;
  }

  static int rowLength(Tensor tensor) {
    return tensor.size() / tensor.axis(0);
  }

  static boolean isFinite(Tensor tensor) {
    return Double.isFinite(largest(tensor));
  }

  /** The largest absolute value; NaN where there is one. */
  static double largest(Tensor tensor) {
    double largest = 0;
    for (int i = 0; i < tensor.size(); i++) {
      largest = Math.max(largest, Math.abs(tensor.get(i)));
    }
    return largest;
  }

  /** Whether all values agree, to a tolerance relative to the largest, or to 1 if that is larger. */
  static boolean near(Tensor one, Tensor other, double tolerance) {
    boolean near = Arrays.equals(one.shape(), other.shape());
    double allowed = tolerance * Math.max(1, largest(one));
    for (int i = 0; near && i < one.size(); i++) {
      near = near(one.get(i), other.get(i), allowed);
    }
    return near;
  }

  static boolean near(double one, double other, double allowed) {
    return Double.compare(one, other) == 0 || Math.abs(one - other) <= allowed;
  }

  static boolean sameBits(Tensor one, Tensor other) {
    boolean same = one.dtype() == other.dtype() && Arrays.equals(one.shape(), other.shape());
    for (int i = 0; same && i < one.size(); i++) {
      same = Double.compare(one.get(i), other.get(i)) == 0;
    }
    return same;
  }

  static String text(Tensor tensor) {
    StringBuilder text = new StringBuilder("[");
    int shown = Math.min(VALUES_SHOWN, tensor.size());
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(number(tensor, i));
    }
    text.append(shown < tensor.size() ? ", ...]" : "]");
    return tensor.rank() < 2
        ? text.toString()
        : text + " of shape " + Arrays.toString(tensor.shape());
  }

  private static String number(Tensor tensor, int position) {
    return tensor.dtype() == DType.FLOAT32
        ? Float.toString(tensor.floats()[position])
        : Double.toString(tensor.doubles()[position]);
  }
}
