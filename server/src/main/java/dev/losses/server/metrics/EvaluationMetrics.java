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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  /** To look a meter up in the registry costs as much as a small evaluation. */
  private final Map<Subject, LossMeters> meters = new ConcurrentHashMap<>();

  /** Metrics in that registry. */
  public EvaluationMetrics(MeterRegistry registry) {
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
    LossMeters of = of(evaluation.loss());
    of.evaluations(outcome, evaluation.reduction().wireName()).record(evaluation.duration());
    of.elements.record((double) evaluation.elements());
  }

  /**
   * A request was refused before anything was evaluated.
   *
   * @param loss what it asked for, or null where there is no such loss
   * @param code why it was refused
   * @param duration how long it took to find out
   */
  public void refused(@Nullable LossDefinition loss, String code, Duration duration) {
    if (loss == null) {
      evaluations(new Subject(UNKNOWN, UNKNOWN).tags(), code, UNKNOWN).record(duration);
    } else {
      of(loss).evaluations(code, UNKNOWN).record(duration);
    }
  }

  /**
   * What an evaluation cost the thread it ran on.
   *
   * @param loss what was evaluated
   * @param cpu the processor's time; null where the JVM does not tell
   * @param allocatedBytes the memory taken; null where the JVM does not tell
   */
  public void spent(LossDefinition loss, @Nullable Duration cpu, @Nullable Long allocatedBytes) {
    LossMeters of = of(loss);
    if (cpu != null) {
      of.cpu.record(cpu);
    }
    if (allocatedBytes != null) {
      of.allocated.record((double) allocatedBytes);
    }
  }

  private LossMeters of(LossDefinition loss) {
    return meters.computeIfAbsent(
        new Subject(loss.name(), loss.source().plugin()),
        subject -> new LossMeters(subject.tags()));
  }

  private Timer evaluations(Tags loss, String outcome, String reduction) {
    return evaluations.withTags(loss.and("outcome", outcome, "reduction", reduction));
  }

  /** What is counted together: a loss by its name and that of its plugin. */
  private record Subject(String loss, String plugin) {
    Tags tags() {
      return Tags.of("loss", loss, "plugin", plugin);
    }
  }

  /** The meters of one loss. */
  private final class LossMeters {
    private final Tags tags;
    private final DistributionSummary elements;
    private final Timer cpu;
    private final DistributionSummary allocated;
    private final Map<String, Map<String, Timer>> evaluations = new ConcurrentHashMap<>();

    LossMeters(Tags tags) {
      this.tags = tags;
      this.elements = EvaluationMetrics.this.elements.withTags(tags);
      this.cpu = EvaluationMetrics.this.cpu.withTags(tags);
      this.allocated = EvaluationMetrics.this.allocated.withTags(tags);
    }

    Timer evaluations(String outcome, String reduction) {
      return evaluations
          .computeIfAbsent(outcome, each -> new ConcurrentHashMap<>())
          .computeIfAbsent(
              reduction, each -> EvaluationMetrics.this.evaluations(tags, outcome, reduction));
    }
  }
}
