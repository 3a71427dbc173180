package dev.losses.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** Answers a request with a problem. */
public final class ProblemWriter {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SOON_SECONDS = 1;
  private static final int SUSPENDED_SECONDS = 30;

  private ProblemWriter() {}

  /** Writes what the problem is, and what the caller is to do about it. */
  public static void write(
      Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
      boolean suspended = problem.code().equals(ProblemType.PLUGIN_SUSPENDED.code());
      response.setIntHeader(HttpHeaders.RETRY_AFTER, suspended ? SUSPENDED_SECONDS : SOON_SECONDS);
    }
    ErrorBody body = ErrorBody.of(problem, request.getServletPath());
    byte[] json = JSON.writeValueAsBytes(body.json());
    response.setStatus(body.status());
    response.setContentType(body.type().toString());
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
  }
}
