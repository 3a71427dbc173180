package dev.losses.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/** Tells a problem where a request ends before it gets to a controller. */
public final class ProblemWriter {
  private static final JsonMapper JSON = new JsonMapper();

  private ProblemWriter() {}

  /** Answers that the request is to be sent again in so many seconds. */
  public static void tryAgain(
      Problem problem, int seconds, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ErrorBody body = ErrorBody.of(problem, request.getRequestURI());
    byte[] json = JSON.writeValueAsBytes(body.json());
    response.setStatus(body.status());
    response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
    response.setContentType(body.type().toString());
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }
}
