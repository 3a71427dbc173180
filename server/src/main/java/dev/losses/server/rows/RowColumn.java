package dev.losses.server.rows;

import dev.losses.engine.Mask;
import dev.losses.server.exchange.Pointers;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Arrays;

/** One field of the rows in a batch. */
public final class RowColumn {
  private final String name;
  private final int[] rowShape;
  private final int width;
  /** A float[], a double[], or a boolean[] for a mask. */
  private final Object values;

  RowColumn(String name, int[] rowShape, DType dtype, int rows) {
    this.name = name;
    this.rowShape = rowShape.clone();
    this.width = Tensor.sizeOf(rowShape);
    int size = Math.multiplyExact(rows, width);
    this.values = switch (name) {
      case WantedRows.MASK -> new boolean[size];
      // As precise as they came: they are rounded once, where they are used.
      case WantedRows.SAMPLE_WEIGHT -> new double[size];
      default -> dtype == DType.FLOAT32 ? new float[size] : new double[size];
    };
  }

  /** How many bytes an element takes. */
  static int bytes(String name, DType dtype) {
    return switch (name) {
      case WantedRows.MASK -> 1;
      case WantedRows.SAMPLE_WEIGHT -> Double.BYTES;
      default -> dtype == DType.FLOAT32 ? Float.BYTES : Double.BYTES;
    };
  }

  /** The field's name. */
  public String name() {
    return name;
  }

  /** The shape of the field in each row; empty for a single value. */
  public int[] rowShape() {
    return rowShape.clone();
  }

  /** How many values a row has. */
  public int width() {
    return width;
  }

  /** A float[], a double[], or a boolean[] for a mask, of the values of all rows, to write to. */
  public Object values() {
    return values;
  }

  /**
   * Writes a value; a mask's is 1 or 0.
   *
   * @param position counted in values from the batch's first on
   * @return false, and nothing is written, where the column cannot hold it; {@link #refusal} says why
   */
  public boolean put(int position, double value) {
    if (values instanceof double[] doubles) {
      doubles[position] = value;
      return true;
    }
    if (values instanceof float[] floats) {
      float rounded = (float) value;
      floats[position] = rounded;
      return !Float.isInfinite(rounded) || Double.isInfinite(value);
    }
    ((boolean[]) values)[position] = value == 1;
    return value == 1 || value == 0;
  }

  /** Why the column cannot hold a value. */
  public String refusal(double value) {
    return values instanceof boolean[]
        ? "expected true or false, or 1 or 0, found " + value
        : value + " is beyond the range of float32";
  }

  /** The pointer to a value of a row, which is counted from the stream's first on. */
  public String pointer(long row, int position) {
    return Pointers.toElement("/" + name + "/" + row, position, rowShape);
  }

  /** The mask of so many rows. */
  Mask mask(int rows) {
    boolean[] all = (boolean[]) values;
    return new Mask(
        rows * width == all.length ? all : Arrays.copyOf(all, rows * width), shape(rows));
  }

  /** The numbers of so many rows. */
  Tensor tensor(int rows) {
    int size = rows * width;
    if (values instanceof float[] floats) {
      return Tensor.of(size == floats.length ? floats : Arrays.copyOf(floats, size), shape(rows));
    }
    double[] doubles = (double[]) values;
    return Tensor.of(size == doubles.length ? doubles : Arrays.copyOf(doubles, size), shape(rows));
  }

  private int[] shape(int rows) {
    int[] shape = new int[rowShape.length + 1];
    shape[0] = rows;
    System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
    return shape;
  }
}
