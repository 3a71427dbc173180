package dev.losses.server.problem;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** The problem document for requests that are so malformed, or come so slowly, that Tomcat answers them itself. */
public final class ProblemReportValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    HttpStatus status = HttpStatus.resolve(response.getStatus());
    boolean answered = response.getContentWritten() > 0;
    if (status == null || !status.isError() || answered || !response.setErrorReported()) {
      return;
    }
    ErrorBody body = ErrorBody.of(Problem.told(request, status), request.getRequestURI());
    response.setContentType(body.type().toString());
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    try {
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(new JsonMapper().writeValueAsString(body.json()));
        response.finishResponse();
      }
    } catch (IOException e) {
      container.getLogger().debug("The caller went away", e);
    }
  }
}
