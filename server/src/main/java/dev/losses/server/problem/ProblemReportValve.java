package dev.losses.server.problem;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * The problem document for requests that are so malformed, or come so slowly, that Tomcat answers them itself. Of a sender
 * that is too slow the rest of the body is not read, as it is of others for them to see their answer.
 */
public final class ProblemReportValve extends ErrorReportValve {

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    super.invoke(request, response);
    if (response.getStatus() == ProblemType.BODY_TOO_SLOW.status()) {
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    HttpStatus status = HttpStatus.resolve(response.getStatus());
    boolean answered = response.getContentWritten() > 0;
    if (status == null || !status.isError() || answered || !response.setErrorReported()) {
      return;
    }
    ErrorBody body = ErrorBody.of(Problem.of(status), request.getRequestURI());
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
