package dev.losses.server.json;

import dev.losses.server.rows.RowColumn;
import dev.losses.server.rows.RowException;
import dev.losses.server.rows.WantedRows;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one field of line after line into its column. */
final class LineField {
  private static final long NONE = -1;

  private final RowColumn column;
  private final String name;
  private final int[] shape;
  private final boolean mask;
  private long row = NONE;
  /** Where the row begins in the column, and where its next value goes. */
  private int start;

  private int position;

  LineField(RowColumn column) {
    this.column = column;
    this.name = column.name();
    this.shape = column.rowShape();
    this.mask = name.equals(WantedRows.MASK);
  }

  String name() {
    return name;
  }

  /** Whether it was read in that row. */
  boolean wasIn(long line) {
    return row == line;
  }

  /**
   * Reads the next value of the parser.
   *
   * @param thisRow counted from the stream's first on
   * @param inBatch counted from the batch's first on
   */
  void read(JsonParser parser, long thisRow, int inBatch) {
    if (row == thisRow) {
      throw refusal("given twice");
    }
    row = thisRow;
    start = inBatch * column.width();
    position = start;
    read(parser, parser.nextToken(), 0);
  }

  private void read(JsonParser parser, JsonToken token, int axis) {
    if (axis == shape.length) {
      readLeaf(parser, token);
      return;
    }
    int size = shape[axis];
    if (token != JsonToken.START_ARRAY) {
      throw refusal(
          "expected a list of " + size + ", as in line 1, found " + Json.describe(parser));
    }
    for (int i = 0; i < size; i++) {
      JsonToken next = parser.nextToken();
      if (next == JsonToken.END_ARRAY) {
        throw refusal("ragged: a list of " + i + " where line 1 has one of " + size);
      }
      read(parser, next, axis + 1);
    }
    if (parser.nextToken() != JsonToken.END_ARRAY) {
      throw refusal("ragged: a list of more than " + size + ", which line 1 has");
    }
  }

  private void readLeaf(JsonParser parser, JsonToken token) {
    double value = mask ? bit(parser, token) : NumberTokens.value(parser, token);
    if (!Double.isFinite(value)) {
      String wrong = mask
          ? "expected true or false, or 1 or 0, found " + Json.describe(parser)
          : NumberTokens.wrong(parser, token);
      if (wrong != null) {
        throw leafRefusal(wrong);
      }
    }
    if (!column.put(position, value)) {
      throw leafRefusal(column.refusal(value));
    }
    position++;
  }

  private static double bit(JsonParser parser, JsonToken token) {
    double value = switch (token) {
      case VALUE_TRUE -> 1;
      case VALUE_FALSE -> 0;
      case VALUE_NUMBER_INT -> parser.getDoubleValue();
      default -> Double.NaN;
    };
    return value == 0 || value == 1 ? value : Double.NaN;
  }

  private RowException leafRefusal(String what) {
    return new RowException(column.pointer(row, position - start), NdjsonRows.place(row) + what);
  }

  private RowException refusal(String what) {
    return new RowException("/" + name + "/" + row, NdjsonRows.place(row) + what);
  }
}
