package dev.losses.server.evaluate;

import dev.losses.api.Loss;
import dev.losses.api.LossException;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.server.problem.LossProblems;
import dev.losses.server.problem.ProblemException;

/** A loss and what to evaluate it on: a request in which nothing is left to be looked up. */
record Call(Loss loss, LossInputs inputs, Reduction reduction, Gradients gradients) {
  /** Whether its time may grow faster than its inputs, as that of code on arrays may. */
  boolean mayTakeLong() {
    return loss.definition().isOnArrays();
  }

  /**
   * Evaluates it. A plugin's code that gets the inputs' arrays themselves gets copies of them.
   *
   * @param trusted whether the loss is known to leave its inputs alone
   * @throws ProblemException when the loss refuses its inputs, or fails, or writes to them
   */
  LossResult evaluate(boolean trusted) {
    if (trusted || !mayTakeLong()) {
      return evaluate(inputs);
    }
    GuardedInputs guarded = new GuardedInputs(inputs);
    LossResult result = evaluate(guarded.copies());
    guarded.changed().ifPresent(input -> {
      throw new ProblemException(
          LossProblems.failed(loss.definition(), "it wrote to its input " + input));
    });
    return result;
  }

  private LossResult evaluate(LossInputs given) {
    try {
      return loss.evaluate(given, reduction, gradients);
    } catch (LossException e) {
      throw new ProblemException(LossProblems.of(e, loss.definition()));
    }
  }
}
