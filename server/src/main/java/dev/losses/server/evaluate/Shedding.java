package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sends requests away as long as the queue they would join is full, before anything is spent on them: a refusal must cost so
 * little that many of them leave the server its strength for those it has let in.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Shedding extends OncePerRequestFilter {
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
    if (request.getMethod().equals(HttpMethod.POST.name())) {
      if (turns.isQueueFull() && waits(request)) {
        refuse(null, request, response);
        return;
      }
      Optional<LossDefinition> loss =
          longCalls.isQueueFull() ? longCall(request) : Optional.empty();
      if (loss.isPresent()) {
        refuse(loss.get(), request, response);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private void refuse(
      @Nullable LossDefinition loss, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problem busy = Slots.busy().problem();
    metrics.refused(loss, busy.code(), Duration.ZERO);
    ProblemWriter.write(busy, request, response);
  }

  /** Whether the request would wait for its turn. */
  private static boolean waits(HttpServletRequest request) {
    return !Turns.isTiny(request.getContentLengthLong())
        || RequestBodies.encoding(request) != null
        || RequestFormat.isPacked(request.getContentType());
  }

  /** The loss of ours that the request is for, if its call would wait for other long ones. */
  private Optional<LossDefinition> longCall(HttpServletRequest request) {
    try (Catalog.Lease lease = catalog.lease()) {
      return EvaluationPaths.loss(request, lease)
          .filter(loss -> loss.isOnArrays() && lease.isBuiltIn(loss));
    }
  }
}
