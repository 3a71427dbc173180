package dev.losses.server.evaluate;

import dev.losses.server.formats.RequestFormat;
import dev.losses.server.http.RequestBodies;
import dev.losses.server.http.Slots;
import dev.losses.server.metrics.EvaluationMetrics;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sends requests away as long as the queue is full, before anything is spent on them: a refusal must cost so little that
 * many of them leave the server its strength for those it has let in.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Shedding extends OncePerRequestFilter {
  private final Turns turns;
  private final EvaluationMetrics metrics;

  Shedding(Turns turns, EvaluationMetrics metrics) {
    this.turns = turns;
    this.metrics = metrics;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (turns.isQueueFull() && waits(request)) {
      Problem busy = Slots.busy().problem();
      metrics.refused(null, busy.code(), Duration.ZERO);
      ProblemWriter.write(busy, request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean waits(HttpServletRequest request) {
    return request.getMethod().equals(HttpMethod.POST.name())
        && (!Turns.isTiny(request.getContentLengthLong())
            || RequestBodies.encoding(request) != null
            || RequestFormat.isPacked(request.getContentType()));
  }
}
