package dev.losses.server.rows;

import dev.losses.engine.LossInputs;
import dev.losses.server.codec.Allowance;
import dev.losses.server.exchange.Pointers;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays that are filled with rows, over and over. A full batch has a multiple of 65,536 elements where that is at all
 * feasible: added to a {@link dev.losses.api.LossAccumulator}, such batches give the bits of all rows at once.
 */
public final class RowBatch {
  private static final int UNIT = 1 << 16;
  private static final int MOST_UNITS = 8;

  private final List<RowColumn> columns = new ArrayList<>();
  private final int capacity;

  /**
   * Room for rows.
   *
   * @param shapes the shape of each field in a row, by its name
   * @param dtype of the inputs
   * @throws RowException when a field has an axis of no size
   */
  public RowBatch(Map<String, int[]> shapes, DType dtype, Allowance allowance) {
    int longest = 1;
    for (Map.Entry<String, int[]> field : shapes.entrySet()) {
      int width = Tensor.sizeOf(field.getValue());
      if (width == 0) {
        throw new RowException("/" + Pointers.escape(field.getKey()), "lists of no values");
      }
      longest = Math.max(longest, width);
    }
    this.capacity = rows(longest);
    shapes.forEach((name, shape) -> {
      long size = (long) capacity * Tensor.sizeOf(shape);
      allowance.take(size * RowColumn.bytes(name, dtype));
      columns.add(new RowColumn(name, shape, dtype, capacity));
    });
  }

  private static int rows(int width) {
    int units = Math.max(1, width / Math.min(Integer.lowestOneBit(width), UNIT));
    return units <= MOST_UNITS
        ? (int) Math.max(1, (long) units * UNIT / width)
        : Math.max(1, UNIT / width);
  }

  /** How many rows it holds. */
  public int capacity() {
    return capacity;
  }

  /** The fields, in the order in which they were given. */
  public List<RowColumn> columns() {
    return columns;
  }

  /** The first so many rows. */
  public LossInputs inputs(int rows) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (RowColumn column : columns) {
      if (!isBeside(column)) {
        tensors.put(column.name(), column.tensor(rows));
      }
    }
    LossInputs inputs = LossInputs.named(tensors);
    for (RowColumn column : columns) {
      if (column.name().equals(WantedRows.SAMPLE_WEIGHT)) {
        inputs = inputs.withSampleWeight(column.tensor(rows));
      } else if (column.name().equals(WantedRows.MASK)) {
        inputs = inputs.withMask(column.mask(rows));
      }
    }
    return inputs;
  }

  private static boolean isBeside(RowColumn column) {
    return column.name().equals(WantedRows.SAMPLE_WEIGHT) || column.name().equals(WantedRows.MASK);
  }
}
