package dev.losses.server.formats;

import dev.losses.server.codec.FormatException;
import dev.losses.server.codec.TooLargeException;
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

/** Finds the reading of a request that is held as a whole. */
public final class RequestFormats {
  private RequestFormats() {}

  /** How to read the request. All that is said beside the arrays may be in the query, too. */
  public static Reading of(RequestFormat format, HttpServletRequest request) {
    BodyReader reader = reader(format, request);
    String query = request.getQueryString();
    return (body, expected) -> {
      RequestDraft draft = new RequestDraft(expected);
      try {
        QueryFields.take(draft, query);
        reader.read(body, draft);
        draft.settleDType(body.allowance());
      } catch (Violations.Enough e) {
        // The request is refused for what was found so far.
      } catch (TooLargeException e) {
        throw new ProblemException(Problem.of(
            ProblemType.BODY_TOO_LARGE,
            "The body is larger than the " + body.mostUnpacked()
                + " bytes allowed when it is unpacked: " + e.getMessage() + "."));
      } catch (FormatException e) {
        throw new ProblemException(Problem.of(
            ProblemType.MALFORMED_BODY, "The body cannot be read: " + e.getMessage() + "."));
      } catch (IOException e) {
        throw new UncheckedIOException(e); // A body's stream throws none.
      }
      return draft.toRequest();
    };
  }

  private static BodyReader reader(RequestFormat format, HttpServletRequest request) {
    return switch (format) {
      case FORM -> (body, draft) -> FormReader.read(body, request.getContentType(), draft);
      case NPZ -> NpzRequestReader::read;
      case JSON -> EvaluationRequestReader::read;
      case NDJSON, ARROW_STREAM -> throw new IllegalArgumentException(format + " is a stream");
    };
  }

  /** Reads a body in one format. */
  private interface BodyReader {
    void read(RequestBody body, RequestDraft draft) throws IOException;
  }
}
