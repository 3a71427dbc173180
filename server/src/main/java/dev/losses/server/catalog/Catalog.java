package dev.losses.server.catalog;

import dev.losses.api.LossCatalog;

/** The losses on offer, which may change while the server runs. */
public interface Catalog {

  /**
   * Pins the losses of this moment until the lease is closed, so that a call finishes on the code it started with.
   * Every request takes one lease.
   */
  Lease lease();

  /** A hold on one immutable snapshot of the losses. */
  interface Lease extends AutoCloseable {

    /** The losses of the snapshot. */
    LossCatalog losses();

    /** A number that differs whenever the losses do. */
    long generation();

    @Override
    void close();
  }
}
