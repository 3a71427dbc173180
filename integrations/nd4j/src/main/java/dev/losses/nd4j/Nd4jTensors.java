package dev.losses.nd4j;

import dev.losses.engine.LossInputs;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.function.BiFunction;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code INDArray} to {@link Tensor} and back. The one lives in native memory and the other on the heap, so each way is
 * one copy of the numbers, and no more than one where an array is contiguous in row-major order, as most are.
 */
public final class Nd4jTensors {
  private Nd4jTensors() {}

  /** {@code y_true} and {@code y_pred} in the dtype of {@code yPred}; see {@link #dtype}. */
  public static LossInputs inputs(INDArray yTrue, INDArray yPred) {
    DType dtype = dtype(yPred);
    return LossInputs.of(tensor(yTrue, dtype), tensor(yPred, dtype));
  }

  /** The dtype an array is computed in: float64 where it is {@code DOUBLE}, float32 for every other. */
  public static DType dtype(INDArray array) {
    return array.dataType() == DataType.DOUBLE ? DType.FLOAT64 : DType.FLOAT32;
  }

  /** A copy of the array, in its {@link #dtype}. */
  public static Tensor tensor(INDArray array) {
    return tensor(array, dtype(array));
  }

  /**
   * A copy of the array.
   *
   * @param array of any type, order and rank; views too
   * @throws IllegalArgumentException when it holds more values than a Java array can
   */
  public static Tensor tensor(INDArray array, DType dtype) {
    return tensor(array, dtype, Tensor::zeros);
  }

  /** A copy in a tensor of the buffers. */
  static Tensor tensor(INDArray array, DType dtype, Buffers buffers) {
    return tensor(array, dtype, buffers::tensor);
  }

  private static Tensor tensor(
      INDArray array, DType dtype, BiFunction<DType, int[], Tensor> tensors) {
    Tensor tensor = tensors.apply(dtype, shape(array));
    if (array.isEmpty()) {
      return tensor;
    }
    INDArray cast = array.castTo(type(dtype));
    if (isRowMajor(cast)) {
      read(cast, tensor);
    } else if (isColumnMajor(cast)) {
      Tensor columns = tensors.apply(dtype, new int[] {tensor.size()});
      read(cast, columns);
      ColumnMajor.copy(columns, tensor);
    } else {
      INDArray rows = cast.dup('c');
      read(rows, tensor);
      closeCopy(rows, cast);
    }
    closeCopy(cast, array);
    return tensor;
  }

  private static void read(INDArray dense, Tensor tensor) {
    Nd4j.getAffinityManager().ensureLocation(dense, Location.HOST);
    Pointer numbers = dense.data().addressPointer();
    if (tensor.dtype() == DType.FLOAT32) {
      new FloatPointer(numbers).get(tensor.floats(), 0, tensor.size());
    } else {
      new DoublePointer(numbers).get(tensor.doubles(), 0, tensor.size());
    }
  }

  /** A new array with a copy of the tensor's numbers, {@code FLOAT} or {@code DOUBLE}, in the workspace that is open. */
  public static INDArray array(Tensor tensor) {
    long[] shape = new long[tensor.rank()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = tensor.axis(axis);
    }
    INDArray array = Nd4j.createUninitialized(type(tensor.dtype()), shape, 'c');
    if (tensor.size() == 0) {
      return array;
    }
    Pointer numbers = array.data().addressPointer();
    if (tensor.dtype() == DType.FLOAT32) {
      new FloatPointer(numbers).put(tensor.floats(), 0, tensor.size());
    } else {
      new DoublePointer(numbers).put(tensor.doubles(), 0, tensor.size());
    }
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    return array;
  }

  private static DataType type(DType dtype) {
    return dtype == DType.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE;
  }

  static int[] shape(INDArray array) {
    int[] shape = new int[array.rank()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = Math.toIntExact(array.size(axis));
    }
    return shape;
  }

  /** Whether the numbers lie one after the other in memory, rows first. */
  private static boolean isRowMajor(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.size(axis);
    }
    return true;
  }

  private static boolean isColumnMajor(INDArray array) {
    return array.rank() == 2 && array.stride(0) == 1 && array.stride(1) == array.size(0);
  }

  private static void closeCopy(INDArray copy, INDArray original) {
    if (copy != original && copy.closeable()) {
      copy.close();
    }
  }
}
