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
 * Answers requests that end with a {@link ProblemException}. An advice could, but Spring's way to one is long, and a server
 * that refuses most of what comes has better uses for the time.
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
    try {
      if (response.isCommitted()) {
        // Where a body breaks off, Tomcat may have begun to answer.
        log.debug("Answered already: {}", refused.getMessage());
      } else {
        ProblemWriter.write(refused.problem(), request, response);
      }
    } catch (IOException e) {
      log.debug("The caller went away", e);
    }
    return new ModelAndView();
  }
}
