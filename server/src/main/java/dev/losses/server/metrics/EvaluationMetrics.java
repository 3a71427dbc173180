package dev.losses.server.metrics;

import dev.losses.api.EvaluationListener;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossErrorCode;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts and times evaluations. Every tag value is the server's own word, so callers cannot create time series. */
@Component
public class EvaluationMetrics implements EvaluationListener {
  private static final String UNKNOWN = "unknown";

  private final MeterProvider<Timer> evaluations;
  private final MeterProvider<DistributionSummary> elements;

  EvaluationMetrics(MeterRegistry registry) {
    this.evaluations = Timer.builder("losses.evaluations")
        .description("Evaluations of losses, also those refused before they began")
        .withRegistry(registry);
    this.elements = DistributionSummary.builder("losses.elements")
        .description("Values in the largest input of an evaluation")
        .withRegistry(registry);
  }

  @Override
  public void evaluated(Evaluation evaluation) {
    LossErrorCode failure = evaluation.failure();
    String outcome = failure == null ? "ok" : failure.wireName();
    record(evaluation.loss(), outcome, evaluation.reduction().wireName(), evaluation.duration());
    elements.withTags(loss(evaluation.loss())).record((double) evaluation.elements());
  }

  /**
   * A request was refused before anything was evaluated.
   *
   * @param loss what it asked for, or null where there is no such loss
   * @param code why it was refused
   * @param duration how long it took to find out
   */
  public void refused(@Nullable LossDefinition loss, String code, Duration duration) {
    record(loss, code, UNKNOWN, duration);
  }

  private void record(
      @Nullable LossDefinition loss, String outcome, String reduction, Duration duration) {
    evaluations
        .withTags(loss(loss).and("outcome", outcome, "reduction", reduction))
        .record(duration);
  }

  private static Tags loss(@Nullable LossDefinition loss) {
    return loss == null
        ? Tags.of("loss", UNKNOWN, "plugin", UNKNOWN)
        : Tags.of("loss", loss.name(), "plugin", loss.source().plugin());
  }
}
