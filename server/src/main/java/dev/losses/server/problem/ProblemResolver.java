package dev.losses.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers requests that end with a problem. {@link ProblemAdvice} could, but takes as long as all else that is done for a
 * request, and a server that refuses most of what comes needs that time for the rest.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemResolver implements HandlerExceptionResolver {
  private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception exception) {
    if (!(exception instanceof ProblemException refused)) {
      return null;
    }
    // Where a body breaks off, Tomcat may have begun to answer.
    if (!response.isCommitted()) {
      try {
        ProblemWriter.write(refused.problem(), request, response);
      } catch (IOException e) {
        log.debug("The caller went away", e);
      }
    }
    return new ModelAndView();
  }
}
