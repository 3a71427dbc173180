package dev.losses.api;

import dev.losses.engine.Reduction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears of every evaluation; for metrics. Called on the evaluating thread, so it must be quick and must not throw. */
@FunctionalInterface
public interface EvaluationListener {

  /** An evaluation ended. */
  void evaluated(Evaluation evaluation);

  /**
   * One evaluation.
   *
   * @param loss what was evaluated
   * @param reduction how it was reduced
   * @param elements the number of values of the largest input
   * @param duration how long it took
   * @param failure why it failed, or null
   */
  record Evaluation(
      LossDefinition loss,
      Reduction reduction,
      long elements,
      Duration duration,
      @Nullable LossErrorCode failure) {}
}
