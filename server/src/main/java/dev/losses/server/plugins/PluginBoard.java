package dev.losses.server.plugins;

import java.util.List;

/** What there is to know about the plugins at this moment, for all who ask. */
public final class PluginBoard {
  private volatile List<PluginStatus> plugins = List.of();

  PluginBoard() {}

  /** Every version of every plugin, sorted by file. */
  public List<PluginStatus> plugins() {
    return plugins;
  }

  /** How many versions are in that state. */
  public long count(PluginState state) {
    return plugins.stream().filter(plugin -> plugin.state() == state).count();
  }

  void show(List<PluginStatus> now) {
    plugins = List.copyOf(now);
  }
}
