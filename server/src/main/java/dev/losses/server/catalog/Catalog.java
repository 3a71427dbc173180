package dev.losses.server.catalog;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import java.util.Optional;

/** The losses on offer, which may change while the server runs. */
public interface Catalog {

  /**
   * Pins the losses of this moment until the lease is closed, so that a call finishes on the code it started with.
   * Every request takes one lease.
   */
  Lease lease();

  /**
   * Pins losses among which the named one has that version, as long as such are live: the newest such, if there are any.
   *
   * @param loss its name or an alias
   * @param version its version, or {@code version#sha256:...} with its digest
   */
  Optional<Lease> lease(String loss, String version);

  /** A hold on one immutable snapshot of the losses. */
  interface Lease extends AutoCloseable {

    /** The losses of the snapshot. */
    LossCatalog losses();

    /** Whether the loss is ours, and not a plugin's. */
    default boolean isBuiltIn(LossDefinition loss) {
      return true;
    }

    /**
     * Does work that runs code of that loss: at once where the loss is ours; on a thread of the plugin and within a deadline
     * where it is a plugin's.
     *
     * @throws dev.losses.server.problem.ProblemException when the plugin may not be called now, or takes too long
     */
    default <T> T call(LossDefinition loss, Work<T> work) {
      return work.run();
    }

    /** A number that differs whenever the losses do. */
    long generation();

    @Override
    void close();
  }

  /** Work with an answer. */
  @FunctionalInterface
  interface Work<T> {
    T run();
  }
}
