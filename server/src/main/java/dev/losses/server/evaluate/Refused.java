package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.server.metrics.EvaluationMetrics;
import dev.losses.server.problem.ProblemException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts whatever is refused before it is evaluated; what is evaluated, the catalogue's listener counts. */
final class Refused {
  private final EvaluationMetrics metrics;

  Refused(EvaluationMetrics metrics) {
    this.metrics = metrics;
  }

  /** Takes a step on the way to an evaluation, and counts if that is where it ends. */
  <T> T counted(@Nullable LossDefinition loss, Supplier<T> step) {
    long start = System.nanoTime();
    try {
      return step.get();
    } catch (ProblemException e) {
      count(loss, e, start);
      throw e;
    }
  }

  /** Counts a refusal. */
  void count(@Nullable LossDefinition loss, ProblemException e, long start) {
    metrics.refused(loss, e.problem().code(), Duration.ofNanos(System.nanoTime() - start));
  }
}
