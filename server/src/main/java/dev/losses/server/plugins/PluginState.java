package dev.losses.server.plugins;

/** Where a version of a plugin stands. */
public enum PluginState {
  /** Being checked. */
  LOADING,
  /** Serving. */
  ACTIVE,
  /** Refused; its stage and reason say why. */
  QUARANTINED,
  /** Replaced or removed, but still answering calls that began before. */
  DRAINING,
  /** Closed; whether its code leaves memory is not known yet. */
  CLOSED,
  /** Closed, and its code has left memory. */
  COLLECTED,
  /** Closed, but something holds its code in memory; its reason says what, where that can be seen. */
  LEAKED
}
