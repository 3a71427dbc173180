package dev.losses.server.formats;

import dev.losses.server.codec.FormatException;
import dev.losses.server.exchange.Reading;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.exchange.Violations;
import dev.losses.server.http.RequestBody;
import dev.losses.server.json.EvaluationRequestReader;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Finds the reading of a request by its Content-Type. */
public final class RequestFormats {
  private RequestFormats() {}

  /**
   * How to read the request: as JSON, unless it says that it is something else. All that is said beside the arrays may be
   * in the query, too.
   */
  public static Reading of(HttpServletRequest request) {
    BodyReader reader = reader(request.getContentType());
    String query = request.getQueryString();
    return (body, expected) -> {
      RequestDraft draft = new RequestDraft(expected);
      try {
        QueryFields.take(draft, query);
        reader.read(body, draft);
        draft.settleDType();
      } catch (Violations.Enough e) {
        // The request is refused for what was found so far.
      } catch (FormatException e) {
        throw new ProblemException(Problem.of(
            ProblemType.MALFORMED_BODY, "The body cannot be read: " + e.getMessage() + "."));
      } catch (IOException e) {
        throw new UncheckedIOException(e); // A body's stream throws none.
      }
      return draft.toRequest();
    };
  }

  private static BodyReader reader(@Nullable String contentType) {
    if (is(MediaTypes.FORM, contentType)) {
      return (body, draft) -> FormReader.read(body, contentType, draft);
    }
    return is(MediaTypes.NPZ, contentType) ? NpzRequestReader::read : EvaluationRequestReader::read;
  }

  private static boolean is(String format, @Nullable String contentType) {
    return contentType != null
        && !contentType.equals(MediaTypes.JSON)
        && MediaType.parseMediaType(format).includes(MediaType.parseMediaType(contentType));
  }

  /** Reads a body in one format. */
  private interface BodyReader {
    void read(RequestBody body, RequestDraft draft) throws IOException;
  }
}
