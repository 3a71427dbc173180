package dev.losses.server.json;

import dev.losses.engine.LossInputs;
import dev.losses.server.codec.Allowance;
import dev.losses.server.http.RequestBody;
import dev.losses.server.rows.RowBatch;
import dev.losses.server.rows.RowException;
import dev.losses.server.rows.RowSource;
import dev.losses.server.rows.WantedRows;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Rows as JSON, one object a line. The first line decides which fields all have, and their shapes. The parser goes over
 * the whole stream in one pass.
 */
public final class NdjsonRows implements RowSource {
  private final JsonParser parser;
  private final WantedRows wanted;
  private final Allowance allowance;
  private @Nullable RowBatch batch;
  private List<LineField> fields = List.of();
  /** How many rows were read. */
  private long row;

  /** Rows that are to come in a body. */
  public NdjsonRows(RequestBody body, WantedRows wanted) {
    this.parser = Json.parser(body);
    this.wanted = wanted;
    this.allowance = body.allowance();
  }

  /** The line of a row, for the beginning of a message. */
  public static String place(long row) {
    return "line " + (row + 1) + ": ";
  }

  @Override
  public @Nullable LossInputs next() {
    try {
      return batch == null ? first() : next(batch, 0);
    } catch (JacksonException e) {
      throw MalformedJson.because(e, parser, this::inStream);
    }
  }

  private @Nullable LossInputs first() {
    if (!begins()) {
      return null;
    }
    RowBatch made = new FirstLine(parser, wanted, allowance).read();
    ended();
    batch = made;
    fields = made.columns().stream().map(LineField::new).toList();
    return next(made, 1);
  }

  private @Nullable LossInputs next(RowBatch into, int already) {
    int rows = already;
    while (rows < into.capacity() && begins()) {
      read(rows++);
      ended();
    }
    return rows == 0 ? null : into.inputs(rows);
  }

  private boolean begins() {
    JsonToken token = parser.nextToken();
    if (token != null && token != JsonToken.START_OBJECT) {
      throw new RowException(
          "/" + row,
          place(row) + "expected an object with " + String.join(", ", wanted.inputs()) + ", found "
              + Json.describe(parser));
    }
    return token != null;
  }

  /** So the number of a row is that of its line. */
  private void ended() {
    row++;
    if (parser.currentTokenLocation().getLineNr() != (int) row) {
      throw new RowException(
          "/" + (row - 1),
          place(row - 1)
              + "expected a whole object in this line, and one in every other; leave blank lines out");
    }
  }

  private void read(int inBatch) {
    int count = 0;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      field(name, count++).read(parser, row, inBatch);
    }
    if (count < fields.size()) {
      throw missing();
    }
  }

  /** Nearly always the fields come in the same order. */
  private LineField field(String name, int likely) {
    if (likely < fields.size() && fields.get(likely).name().equals(name)) {
      return fields.get(likely);
    }
    for (LineField field : fields) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    if (wanted.has(name)) {
      throw new RowException(
          "/" + name + "/" + row,
          place(row) + "line 1 has no " + name + "; give it in all lines or in none");
    }
    throw wanted.unknown(name, place(row));
  }

  private RowException missing() {
    String name = fields.stream()
        .filter(field -> !field.wasIn(row))
        .map(LineField::name)
        .findFirst()
        .orElse("");
    return new RowException("/" + name + "/" + row, place(row) + "missing, where line 1 has it");
  }

  /** The pointer in a line has the name of a field first; in the stream, the row comes next. */
  private String inStream(String inLine) {
    int end = inLine.indexOf('/', 1);
    return inLine.isEmpty()
        ? ""
        : end < 0
            ? inLine + "/" + row
            : inLine.substring(0, end) + "/" + row + inLine.substring(end);
  }
}
