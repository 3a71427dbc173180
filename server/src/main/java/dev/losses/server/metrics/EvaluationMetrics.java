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
  private final MeterProvider<Timer> cpu;
  private final MeterProvider<DistributionSummary> allocated;

  EvaluationMetrics(MeterRegistry registry) {
    this.evaluations = Timer.builder("losses.evaluations")
        .description("Evaluations of losses, also those refused before they began")
        .withRegistry(registry);
    this.elements = DistributionSummary.builder("losses.elements")
        .description("Values in the largest input of an evaluation")
        .withRegistry(registry);
    this.cpu = Timer.builder("losses.evaluation.cpu")
        .description("Processor time of an evaluation on its own thread, helpers aside")
        .withRegistry(registry);
    this.allocated = DistributionSummary.builder("losses.evaluation.allocated")
        .baseUnit("bytes")
        .description("Memory an evaluation took on its own thread, helpers aside")
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

  /**
   * What an evaluation cost the thread it ran on.
   *
   * @param loss what was evaluated
   * @param cpu the processor's time; null where the JVM does not tell
   * @param allocatedBytes the memory taken; null where the JVM does not tell
   */
  public void spent(LossDefinition loss, @Nullable Duration cpu, @Nullable Long allocatedBytes) {
    if (cpu != null) {
      this.cpu.withTags(loss(loss)).record(cpu);
    }
    if (allocatedBytes != null) {
      allocated.withTags(loss(loss)).record((double) allocatedBytes);
    }
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
