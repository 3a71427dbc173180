package dev.losses.server.evaluate;

import dev.losses.server.catalog.Catalog;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sends requests away as long as their queue is full, before anything is spent on them: a refusal must cost so little that
 * many of them leave the server its strength for those it has let in.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Shedding extends OncePerRequestFilter {
  private static final int RETRY_AFTER_SECONDS = 1;

  /** The loss, as it is named in a path. */
  private static final Pattern LOSS = Pattern.compile("/v\\d/(?:losses|models)/([^/]+)/.+");

  private final Turns turns;
  private final LongCalls longCalls;
  private final Catalog catalog;
  private final EvaluationMetrics metrics;

  Shedding(Turns turns, LongCalls longCalls, Catalog catalog, EvaluationMetrics metrics) {
    this.turns = turns;
    this.longCalls = longCalls;
    this.catalog = catalog;
    this.metrics = metrics;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isInVain(request)) {
      Problem busy = Slots.busy().problem();
      metrics.refused(null, busy.code(), Duration.ZERO);
      ProblemWriter.tryAgain(busy, RETRY_AFTER_SECONDS, request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean isInVain(HttpServletRequest request) {
    boolean turnsAreTaken = turns.isQueueFull();
    boolean longCallsAreTaken = longCalls.isQueueFull();
    return (turnsAreTaken || longCallsAreTaken)
        && request.getMethod().equals(HttpMethod.POST.name())
        && ((turnsAreTaken && !Turns.isTiny(request.getContentLengthLong()))
            || (longCallsAreTaken && isLongCall(request)));
  }

  /** Of a loss of ours that is no formula; of a plugin's, its own threads tell. */
  private boolean isLongCall(HttpServletRequest request) {
    Matcher path = LOSS.matcher(request.getRequestURI());
    if (!path.matches()) {
      return false;
    }
    try (Catalog.Lease lease = catalog.lease()) {
      return lease
          .losses()
          .find(path.group(1))
          .filter(loss -> lease.isBuiltIn(loss) && loss.formula().isEmpty())
          .isPresent();
    }
  }
}
