package dev.losses.server.evaluate;

import dev.losses.api.Loss;
import dev.losses.api.LossDefinition;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.engine.Violation;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.exchange.Answer;
import dev.losses.server.exchange.Expected;
import dev.losses.server.http.RequestBody;
import dev.losses.server.metrics.EvaluationMetrics;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import dev.losses.server.rows.RowException;
import dev.losses.server.rows.RowSource;
import dev.losses.server.rows.StreamReading;
import dev.losses.server.rows.WantedRows;
import dev.losses.spi.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Evaluates a loss on rows as they come, however many: a batch at a time is held. A request has its turn while a batch is
 * computed, and not while it waits for its sender.
 */
@Component
final class Streams {
  private static final String HELD = "send the rows as JSON, as a form or as .npz instead";

  private final Catalog catalog;
  private final EvaluationMetrics metrics;
  private final Refused refused;
  private final LongCalls longCalls;
  private final Turns turns;

  Streams(Catalog catalog, EvaluationMetrics metrics, LongCalls longCalls, Turns turns) {
    this.catalog = catalog;
    this.metrics = metrics;
    this.refused = new Refused(metrics);
    this.longCalls = longCalls;
    this.turns = turns;
  }

  /** An evaluation whose rows may come. A plugin stays pinned until it is closed; of ours nothing is. */
  private record Begun(
      LossDefinition loss, WantedRows wanted, Fold fold, Steps steps, Catalog.@Nullable Lease lease)
      implements AutoCloseable {
    @Override
    public void close() {
      if (lease != null) {
        lease.close();
      }
    }
  }

  /**
   * Evaluates one loss.
   *
   * @throws ProblemException when the request or a row is refused, or the loss fails
   */
  Answer evaluate(String name, RequestBody body, StreamReading reading) {
    try (Turn turn = turns.turn(body);
        Begun begun = begin(turn, name, reading)) {
      RowSource rows = reading.rows(body, begun.wanted());
      LongFunction<String> place = reading::place;
      Fold fold = begun.fold();
      for (LossInputs batch = next(rows, begun); batch != null; batch = next(rows, begun)) {
        LossInputs added = batch;
        step(
            begun.loss(),
            () -> begun.steps().next(fold.mayTakeLong(), () -> {
              fold.add(added, place);
              return fold;
            }));
      }
      return refused.counted(begun.loss(), fold::answer);
    }
  }

  private Begun begin(Turn turn, String name, StreamReading reading) {
    StreamReading.Options options;
    Catalog.Lease lease;
    try (Catalog.Lease now = catalog.lease()) {
      LossDefinition loss = refused.counted(null, () -> new Calls(now.losses()).definition(name));
      options = refused.counted(loss, () -> reading.options(Expected.of(loss)));
      String version = options.request().version();
      lease = version == null
          ? catalog.lease()
          : refused.counted(loss, () -> Versions.live(catalog, loss, version));
    }
    return begin(turn, lease, name, options);
  }

  private Begun begin(Turn turn, Catalog.Lease lease, String name, StreamReading.Options options) {
    boolean kept = false;
    try {
      LossDefinition loss = refused.counted(null, () -> new Calls(lease.losses()).definition(name));
      WantedRows wanted =
          new WantedRows(loss.inputs().stream().map(Input::name).toList(), options.dtype());
      boolean builtIn = lease.isBuiltIn(loss);
      Steps steps =
          builtIn ? new Steps.BuiltIn(loss, turn, longCalls) : new Steps.Plugin(loss, lease);
      Calls calls = new Calls(lease.losses());
      Fold fold = step(
          loss,
          () -> steps.first(() -> refused.counted(loss, () -> fold(calls, loss, options, wanted))));
      kept = !builtIn;
      return new Begun(loss, wanted, fold, steps, kept ? lease : null);
    } finally {
      if (!kept) {
        lease.close();
      }
    }
  }

  /** Binds the loss; refuses what no stream can give. */
  private Fold fold(
      Calls calls, LossDefinition definition, StreamReading.Options options, WantedRows wanted) {
    List<Violation> violations = new ArrayList<>(options.request().violations());
    if (options.request().gradient()) {
      violations.add(new Violation(
          "/gradient", "rows that are not held have no gradient; leave it out, or " + HELD));
    }
    Reduction reduction = options.request().reduction();
    if (reduction == Reduction.NONE) {
      violations.add(new Violation(
          "/reduction",
          "rows that are not held have no loss each; ask for mean, mean_with_sample_weight or sum, or "
              + HELD));
    }
    Loss loss = calls.loss(definition, options.request(), violations);
    if (!loss.rowsAreIndependent()) {
      throw new ProblemException(Problem.of(
          ProblemType.INVALID_INPUTS,
          "The loss '" + definition.name()
              + "' may compare the rows of a batch, so it needs them all at once: " + HELD + "."));
    }
    return new Fold(loss, loss.accumulate(reduction), wanted, metrics);
  }

  private @Nullable LossInputs next(RowSource rows, Begun begun) {
    long start = System.nanoTime();
    try {
      return rows.next();
    } catch (RowException e) {
      ProblemException refusal =
          Refusals.of(List.of(e.violation()), begun.wanted().inputs());
      refused.count(begun.loss(), refusal, start);
      throw refusal;
    } catch (ProblemException e) {
      refused.count(begun.loss(), e, start);
      throw e;
    }
  }

  /** A step that is not begun, or given up, nobody else counts. */
  private <T> T step(LossDefinition loss, Supplier<T> step) {
    long start = System.nanoTime();
    try {
      return step.get();
    } catch (ProblemException e) {
      if (e.problem().status() >= ProblemType.PLUGIN_BUSY.status()) {
        refused.count(loss, e, start);
      }
      throw e;
    }
  }
}
