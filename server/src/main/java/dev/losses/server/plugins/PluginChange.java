package dev.losses.server.plugins;

import java.util.Locale;

/** Something that happened to a plugin. */
record PluginChange(Outcome outcome, PluginStatus plugin) {

  enum Outcome {
    ACTIVATED,
    REPLACED,
    REMOVED,
    QUARANTINED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
