package dev.losses.server.http;

import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Hands out the bodies of requests, none larger than allowed. */
@Component
public class RequestBodies {
  private final DataSize limit;

  RequestBodies(HttpProperties properties) {
    this.limit = properties.maxBodySize();
  }

  /**
   * The body of a request.
   *
   * @throws ProblemException at once where the body announces that it is too large, else, from the stream, when it
   *     turns out to be
   */
  public InputStream open(HttpServletRequest request) throws IOException {
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new ProblemException(Problem.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "The body is compressed, which is not supported; send it without Content-Encoding."));
    }
    if (request.getContentLengthLong() > limit.toBytes()) {
      throw tooLarge(limit);
    }
    return new LimitedInputStream(request.getInputStream(), limit);
  }

  static ProblemException tooLarge(DataSize limit) {
    String size = limit.toBytes() % DataSize.ofMegabytes(1).toBytes() == 0
        ? limit.toMegabytes() + " MB"
        : limit.toBytes() + " bytes";
    return new ProblemException(Problem.of(
        ProblemType.BODY_TOO_LARGE, "The body is larger than the " + size + " allowed."));
  }
}
