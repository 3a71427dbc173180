package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.problem.LossProblems;
import dev.losses.server.problem.ProblemException;

/** Finds the version of a loss that a request asks for. */
final class Versions {
  private Versions() {}

  /** Pins losses among which the loss has that version, or refuses with the version that it has now. */
  static Catalog.Lease live(Catalog catalog, LossDefinition current, String version) {
    return catalog
        .lease(current.name(), version)
        .orElseThrow(() -> new ProblemException(LossProblems.versionNotLive(current, version)));
  }
}
