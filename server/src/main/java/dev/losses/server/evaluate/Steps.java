package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.problem.ProblemException;
import java.util.function.Supplier;

/** How the steps of an evaluation that goes on for long are taken where they run the code of its loss. */
interface Steps {

  /**
   * Takes the first step.
   *
   * @throws ProblemException when there is too much to do
   */
  <T> T first(Supplier<T> step);

  /**
   * Takes another step.
   *
   * @param mayTakeLong whether it may take longer than the size of what is computed tells
   * @throws ProblemException when the loss may not be called, or takes too long
   */
  <T> T next(boolean mayTakeLong, Supplier<T> step);

  /** The steps of a loss of ours: in the request's turn, or where nobody waits for them. */
  record BuiltIn(LossDefinition loss, Turn turn, LongCalls longCalls) implements Steps {
    @Override
    public <T> T first(Supplier<T> step) {
      turn.begin();
      return taken(step);
    }

    @Override
    public <T> T next(boolean mayTakeLong, Supplier<T> step) {
      if (mayTakeLong) {
        return longCalls.run(loss, step);
      }
      turn.begin();
      return taken(step);
    }

    private <T> T taken(Supplier<T> step) {
      try {
        return step.get();
      } finally {
        turn.end();
      }
    }
  }

  /** The steps of a plugin's loss: on the plugin's threads. */
  record Plugin(LossDefinition loss, Catalog.Lease lease) implements Steps {
    @Override
    public <T> T first(Supplier<T> step) {
      return lease.call(loss, step::get);
    }

    @Override
    public <T> T next(boolean mayTakeLong, Supplier<T> step) {
      return lease.call(loss, step::get);
    }
  }
}
