package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.Gate;
import dev.losses.server.plugins.gate.StoredJar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What becomes of plugins that serve no more: they are drained, closed, and watched until their code has left memory;
 * their bytes are kept to go back to. Belongs to the host's thread.
 */
final class Departures {
  private final Gate gate;
  private final int versionsKept;
  private final Duration drainDeadline;
  private final Map<ServingPlugin, Instant> draining = new LinkedHashMap<>();
  private final LeakWatch closed = new LeakWatch();

  Departures(Gate gate, PluginProperties properties) {
    this.gate = gate;
    this.versionsKept = properties.keepVersions();
    this.drainDeadline = properties.drainDeadline();
  }

  /** Lets the calls of a plugin end that began while it served. */
  void drain(ServingPlugin plugin) {
    draining.put(plugin, Instant.now());
  }

  /** Ends a plugin that no call uses any more. */
  void drained(ServingPlugin plugin) {
    if (draining.remove(plugin) == null) {
      return; // The server stops, and has ended it already.
    }
    plugin.close();
    closed.watch(plugin);
  }

  /** Ends a plugin that has never served. */
  void discard(ServingPlugin plugin) {
    plugin.close();
  }

  /** Keeps the bytes of what that file served. */
  void keepBytes(Slot slot, ServingPlugin plugin) {
    slot.kept.addFirst(gate.keep(plugin.loaded()));
    while (slot.kept.size() > versionsKept) {
      slot.kept.removeLast().close();
    }
  }

  /** Gives up the bytes of what that file served. */
  void forgetBytes(Slot slot) {
    slot.kept.forEach(StoredJar::close);
    slot.kept.clear();
  }

  /** Where they stand. */
  List<PluginStatus> statuses(ToIntFunction<ServingPlugin> leases) {
    List<PluginStatus> statuses = new ArrayList<>();
    draining.forEach(
        (plugin, since) -> statuses.add(draining(plugin, since, leases.applyAsInt(plugin))));
    statuses.addAll(closed.look());
    return statuses;
  }

  private PluginStatus draining(ServingPlugin plugin, Instant since, int leases) {
    PluginStatus status = PluginStatus.of(
        PluginState.DRAINING, plugin.loaded().identity(), plugin.loaded().losses(), since);
    boolean overdue = Duration.between(since, Instant.now()).compareTo(drainDeadline) > 0;
    String reason = overdue
        ? "Calls that began before it was replaced or removed have not ended within "
            + drainDeadline.toMillis() / 1000.0
            + " s. It is closed when they end; to end them by force, restart the server"
        : null;
    return status.now(PluginState.DRAINING, reason, since).withLeases(leases);
  }

  /** Ends every plugin, in use or not. */
  void close() {
    List.copyOf(draining.keySet()).forEach(this::drained);
  }
}
