package dev.losses.server.formats;

import dev.losses.server.arrow.ArrowRows;
import dev.losses.server.exchange.Expected;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.exchange.Violations;
import dev.losses.server.http.RequestBody;
import dev.losses.server.json.NdjsonRows;
import dev.losses.server.rows.RowSource;
import dev.losses.server.rows.StreamReading;
import dev.losses.server.rows.WantedRows;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Finds the reading of a request whose rows are computed as they come. */
public final class StreamFormats {
  private StreamFormats() {}

  /** How to read the request; null where it is to be held as a whole. */
  public static @Nullable StreamReading of(RequestFormat format, HttpServletRequest request) {
    String query = request.getQueryString();
    return switch (format) {
      case NDJSON -> new Rows(query, NdjsonRows::new, NdjsonRows::place);
      case ARROW_STREAM -> new Rows(query, ArrowRows::new, row -> "");
      case JSON, FORM, NPZ -> null;
    };
  }

  private record Rows(
      @Nullable String query,
      BiFunction<RequestBody, WantedRows, RowSource> format,
      LongFunction<String> places)
      implements StreamReading {
    @Override
    public Options options(Expected expected) {
      RequestDraft draft = new RequestDraft(expected);
      try {
        QueryFields.take(draft, query);
      } catch (Violations.Enough e) {
        // The request is refused for what was found so far.
      }
      return new Options(draft.toRequest(), draft.dtype());
    }

    @Override
    public String place(long row) {
      return places.apply(row);
    }

    @Override
    public RowSource rows(RequestBody body, WantedRows wanted) {
      return format.apply(body, wanted);
    }
  }
}
