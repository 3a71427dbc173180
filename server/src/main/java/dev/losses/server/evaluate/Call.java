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
  /**
   * Evaluates it.
   *
   * @throws ProblemException when the loss refuses its inputs, or fails
   */
  LossResult evaluate() {
    try {
      return loss.evaluate(inputs, reduction, gradients);
    } catch (LossException e) {
      throw new ProblemException(LossProblems.of(e, loss.definition()));
    }
  }
}
