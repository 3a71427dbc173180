package dev.losses.server.arrow;

import dev.losses.engine.LossInputs;
import dev.losses.server.codec.Allowance;
import dev.losses.server.codec.ElementType;
import dev.losses.server.codec.FormatException;
import dev.losses.server.http.RequestBody;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import dev.losses.server.rows.RowBatch;
import dev.losses.server.rows.RowColumn;
import dev.losses.server.rows.RowSource;
import dev.losses.server.rows.WantedRows;
import dev.losses.spi.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.flatbuf.Message;
import org.jspecify.annotations.Nullable;

/**
 * Rows in Arrow's streaming format. Of a record batch all columns but the last are held, as they came; the last one is
 * read as it is wanted.
 */
public final class ArrowRows implements RowSource {
  private final Allowance allowance;
  private final WantedRows wanted;
  private final MessageStream messages;
  private List<ArrowField> fields = List.of();
  private List<ArrowColumn> columns = List.of();
  private @Nullable RowBatch batch;
  /** How many rows were read. */
  private long row;
  /** How many are left of the record batch. */
  private long left;

  private boolean ended;

  /** Rows that are to come in a body. */
  public ArrowRows(RequestBody request, WantedRows wanted) {
    this(new MessageStream(request.stream(), request::mostLeft), request.allowance(), wanted);
  }

  ArrowRows(MessageStream messages, Allowance allowance, WantedRows wanted) {
    this.messages = messages;
    this.allowance = allowance;
    this.wanted = wanted;
  }

  @Override
  public @Nullable LossInputs next() {
    try {
      return read();
    } catch (FormatException e) {
      throw malformed(e.getMessage());
    } catch (ArithmeticException e) {
      throw malformed("a record batch claims more elements than there are numbers for");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A body's stream throws none.
    }
  }

  private static ProblemException malformed(@Nullable String why) {
    return new ProblemException(
        Problem.of(ProblemType.MALFORMED_BODY, "The body cannot be read: " + why + "."));
  }

  private @Nullable LossInputs read() throws IOException {
    if (columns.isEmpty()) {
      readSchema();
    }
    int filled = 0;
    while (advance()) {
      RowBatch into = room();
      int here = (int) Math.min(left, into.capacity() - filled);
      for (int i = 0; i < columns.size(); i++) {
        RowColumn target = into.columns().get(i);
        columns.get(i).read(here * target.width(), target, filled * target.width(), row);
      }
      row += here;
      left -= here;
      filled += here;
      if (filled == into.capacity()) {
        break;
      }
    }
    return filled == 0 ? null : room().inputs(filled);
  }

  private void readSchema() throws IOException {
    Message schema = messages.next();
    if (schema == null) {
      throw new FormatException("the stream has no schema");
    }
    fields = Metadata.read(() -> SchemaReader.read(schema, wanted));
    columns = fields.stream()
        .map(field -> new ArrowColumn(field, messages.body(), allowance))
        .toList();
  }

  /** Sees to it that rows are left; false at the end of the stream. */
  private boolean advance() throws IOException {
    while (left == 0 && !ended) {
      Message message = messages.next();
      if (message == null) {
        ended = true;
        return false;
      }
      RecordBatchHead head = Metadata.read(() -> RecordBatchHead.read(message, fields));
      if (head.rows() > 0) {
        for (int i = 0; i < columns.size(); i++) {
          columns.get(i).begin(head, i == columns.size() - 1, row);
        }
        left = head.rows();
      }
    }
    return left > 0;
  }

  private RowBatch room() {
    if (batch == null) {
      Map<String, int[]> shapes = new LinkedHashMap<>();
      columns.forEach(column -> shapes.put(column.name(), column.shape()));
      batch = new RowBatch(shapes, dtype(), allowance);
    }
    return batch;
  }

  /** The one asked for; else the widest of the inputs' floating-point formats; else float64. */
  private DType dtype() {
    if (wanted.dtype() != null) {
      return wanted.dtype();
    }
    Set<DType> floating = fields.stream()
        .filter(field -> wanted.inputs().contains(field.name()))
        .map(ArrowField::type)
        .filter(ElementType::isFloating)
        .map(ElementType::dtype)
        .collect(Collectors.toSet());
    return floating.equals(Set.of(DType.FLOAT32)) ? DType.FLOAT32 : DType.FLOAT64;
  }
}
