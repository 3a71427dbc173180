package dev.losses.server.json;

import dev.losses.engine.Mask;
import dev.losses.engine.Violation;
import dev.losses.server.codec.Allowance;
import dev.losses.server.rows.RowBatch;
import dev.losses.server.rows.RowColumn;
import dev.losses.server.rows.RowException;
import dev.losses.server.rows.WantedRows;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Reads the line that decides what all lines have, and makes room for them. */
final class FirstLine {
  private final JsonParser parser;
  private final WantedRows wanted;
  private final Allowance allowance;
  private final Map<String, Tensor> values = new LinkedHashMap<>();

  FirstLine(JsonParser parser, WantedRows wanted, Allowance allowance) {
    this.parser = parser;
    this.wanted = wanted;
    this.allowance = allowance;
  }

  /** A batch with the object that the parser is at the beginning of as its first row. */
  RowBatch read() {
    String place = NdjsonRows.place(0);
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (!wanted.has(name)) {
        throw wanted.unknown(name, place);
      }
      parser.nextToken();
      if (values.put(name, value(name)) != null) {
        throw new RowException("/" + name + "/0", place + "given twice");
      }
    }
    wanted.check(values.keySet(), place);
    Map<String, int[]> shapes = new LinkedHashMap<>();
    values.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    DType dtype = wanted.dtype() == null ? DType.FLOAT64 : wanted.dtype();
    RowBatch batch = new RowBatch(shapes, dtype, allowance);
    for (RowColumn column : batch.columns()) {
      fill(column, values.getOrDefault(column.name(), Tensor.zeros(dtype)));
    }
    return batch;
  }

  private Tensor value(String name) {
    JsonArrays arrays = new JsonArrays(parser, allowance);
    String pointer = "/" + name + "/0";
    if (name.equals(WantedRows.MASK)) {
      Mask mask = checked(arrays.mask(pointer));
      Tensor bits = Tensor.zeros(DType.FLOAT64, mask.shape());
      for (int i = 0; i < bits.size(); i++) {
        bits.set(i, mask.values()[i] ? 1 : 0);
      }
      return bits;
    }
    return checked(arrays.tensor(pointer));
  }

  private static <T> T checked(JsonArrays.Result<T> result) {
    @Nullable T value = result.value();
    Violation violation = result.violation();
    if (value == null || violation != null) {
      throw new RowException(
          violation == null ? "" : violation.pointer(),
          NdjsonRows.place(0) + (violation == null ? "" : violation.message()));
    }
    return value;
  }

  private static void fill(RowColumn column, Tensor row) {
    for (int i = 0; i < row.size(); i++) {
      if (!column.put(i, row.get(i))) {
        throw new RowException(
            column.pointer(0, i), NdjsonRows.place(0) + column.refusal(row.get(i)));
      }
    }
  }
}
