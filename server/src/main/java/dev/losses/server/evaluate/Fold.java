package dev.losses.server.evaluate;

import dev.losses.api.Loss;
import dev.losses.api.LossAccumulator;
import dev.losses.api.LossException;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Violation;
import dev.losses.server.exchange.Answer;
import dev.losses.server.metrics.EvaluationMetrics;
import dev.losses.server.problem.LossProblems;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import dev.losses.server.rows.WantedRows;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A loss, and the sums of the batches so far. It knows nothing of the request, for a batch may outlive that. */
final class Fold {
  private static final Pattern ELEMENT = Pattern.compile("/([^/]+)/([0-9]+)(/.*)?");

  private final Loss loss;
  private final LossAccumulator accumulator;
  private final WantedRows rows;
  private final EvaluationMetrics metrics;

  Fold(Loss loss, LossAccumulator accumulator, WantedRows rows, EvaluationMetrics metrics) {
    this.loss = loss;
    this.accumulator = accumulator;
    this.rows = rows;
    this.metrics = metrics;
  }

  /** Whether a batch may take longer than its size tells, as code on arrays may. */
  boolean mayTakeLong() {
    return loss.definition().isOnArrays();
  }

  /**
   * Adds a batch.
   *
   * @param place where the sender finds a row of the stream
   * @throws ProblemException when the loss refuses it, or fails; its positions are those in the stream
   */
  void add(LossInputs batch, LongFunction<String> place) {
    ThreadCost cost = ThreadCost.begin();
    try {
      accumulator.add(batch);
    } catch (LossException e) {
      throw new ProblemException(LossProblems.of(inStream(e, place), loss.definition()));
    } finally {
      metrics.spent(loss.definition(), cost.cpu(), cost.allocatedBytes());
    }
  }

  /**
   * The answer to all rows.
   *
   * @throws ProblemException when there were none
   */
  Answer answer() {
    if (accumulator.rows() == 0) {
      throw new ProblemException(Problem.of(
          ProblemType.INVALID_INPUTS,
          "The stream has no rows: the loss '" + loss.definition().name()
              + "' of none is not defined."));
    }
    return Answer.of(loss, accumulator.result());
  }

  private LossException inStream(LossException e, LongFunction<String> place) {
    if (!e.code().callersFault() || e.violations().isEmpty()) {
      return e;
    }
    List<Violation> violations =
        e.violations().stream().map(violation -> inStream(violation, place)).toList();
    return LossException.violations(e.code(), violations);
  }

  private Violation inStream(Violation violation, LongFunction<String> place) {
    Matcher element = ELEMENT.matcher(violation.pointer());
    if (!element.matches() || !rows.has(element.group(1))) {
      return violation;
    }
    long row = accumulator.rows() + Long.parseLong(element.group(2));
    String within = element.group(3) == null ? "" : element.group(3);
    return new Violation(
        "/" + element.group(1) + "/" + row + within, place.apply(row) + violation.message());
  }
}
