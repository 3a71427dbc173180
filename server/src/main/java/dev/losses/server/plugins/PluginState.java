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
  DRAINING
}
