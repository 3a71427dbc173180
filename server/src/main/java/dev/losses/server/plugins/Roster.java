package dev.losses.server.plugins;

import dev.losses.server.plugins.PluginChange.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every plugin and where it stands; what becomes active is published here. Belongs to the host's thread. */
final class Roster {
  private final Map<String, Slot> slots = new TreeMap<>();
  private final Map<LoadedPlugin, Instant> draining = new LinkedHashMap<>();
  private final LiveCatalog catalog;
  private final Claims claims;
  private final LastActive lastActive;
  private final PluginBoard board;
  private final Consumer<PluginChange> changes;

  Roster(
      LiveCatalog catalog,
      LastActive lastActive,
      PluginBoard board,
      Consumer<PluginChange> changes) {
    this.catalog = catalog;
    this.claims = new Claims(catalog.builtIns(), slots.values());
    this.lastActive = lastActive;
    this.board = board;
    this.changes = changes;
  }

  Slot slot(String file) {
    return slots.computeIfAbsent(file, Slot::new);
  }

  List<Slot> slots() {
    return List.copyOf(slots.values());
  }

  boolean mayTryAgain(Slot slot) {
    return claims.mayTryAgain(slot);
  }

  /** Serves a plugin that has passed every check, if the names it claims are free. */
  void admit(Slot slot, Slot.Attempt attempt, LoadedPlugin plugin) {
    Slot.Active before = slot.active;
    if (before != null && before.plugin().identity().equals(plugin.identity())) {
      plugin.close(); // The same bytes, written again.
      slot.quarantine = null;
      return;
    }
    boolean established = before != null || lastActive.served(plugin.identity());
    Claims.Decision decision = claims.decide(slot, attempt, plugin.names(), established);
    decision.displaced().forEach(other -> displace(other, slot, plugin, decision.contested()));
    if (!decision.granted()) {
      plugin.close();
      Rejection rejection =
          new Rejection(plugin.identity(), plugin.losses(), "publish", decision.reason());
      quarantine(slot, rejection, Set.copyOf(plugin.names()), decision.contested());
      publishIf(!decision.displaced().isEmpty());
      return;
    }
    retire(before);
    slot.active = new Slot.Active(plugin, attempt, established, Instant.now());
    slot.quarantine = null;
    publishIf(true);
    announce(before == null ? Outcome.ACTIVATED : Outcome.REPLACED, slot, PluginState.ACTIVE);
  }

  /** Keeps a jar out for its own sake. What the file served before goes on serving. */
  void refuse(Slot slot, Rejection rejection) {
    quarantine(slot, rejection, Set.of(), false);
  }

  /** Forgets a file that is gone; what it served is served no more. */
  void remove(Slot slot) {
    List<PluginStatus> last = slot.statuses();
    Slot.Active active = slot.active;
    retire(active);
    slot.active = null;
    slot.quarantine = null;
    if (slot.attempt == null) {
      slots.remove(slot.file);
    }
    publishIf(active != null);
    last.stream()
        .filter(status -> status.state() != PluginState.LOADING)
        .findFirst()
        .ifPresent(status -> changes.accept(new PluginChange(Outcome.REMOVED, status)));
  }

  /** Ends a plugin that no call uses any more. */
  void drained(LoadedPlugin plugin) {
    draining.remove(plugin);
    plugin.close();
  }

  /** Serves the built-in losses alone and ends every plugin, in use or not. */
  void close() {
    slots.values().forEach(slot -> retire(slot.active));
    slots.clear();
    catalog.publish(List.of());
    List.copyOf(draining.keySet()).forEach(this::drained);
  }

  /** Lets everyone see what there is now. */
  void show() {
    List<PluginStatus> now = new ArrayList<>();
    slots.values().forEach(slot -> now.addAll(slot.statuses()));
    draining.forEach((plugin, since) ->
        now.add(PluginStatus.of(PluginState.DRAINING, plugin.identity(), plugin.losses(), since)));
    board.show(now);
  }

  private void displace(Slot loser, Slot winner, LoadedPlugin plugin, boolean contested) {
    Slot.Active active = loser.active;
    if (active == null) {
      return;
    }
    Set<String> lost = loser.owned(Set.copyOf(plugin.names()));
    String reason = Claims.reason(
        lost, winner.file + (contested ? " claims it, too; keep one of them" : " had it already"));
    retire(active);
    loser.active = null;
    LoadedPlugin out = active.plugin();
    Rejection rejection = new Rejection(out.identity(), out.losses(), "publish", reason);
    quarantine(loser, rejection, Set.copyOf(out.names()), contested);
  }

  private void quarantine(Slot slot, Rejection rejection, Set<String> wanted, boolean contested) {
    slot.quarantine = new Slot.Quarantine(rejection, wanted, contested, Instant.now());
    announce(Outcome.QUARANTINED, slot, PluginState.QUARANTINED);
  }

  private void retire(Slot.@Nullable Active active) {
    if (active != null) {
      draining.put(active.plugin(), Instant.now());
    }
  }

  private void publishIf(boolean changed) {
    if (!changed) {
      return;
    }
    List<LoadedPlugin> serving = new ArrayList<>();
    for (Slot slot : slots.values()) {
      if (slot.active != null) {
        serving.add(slot.active.plugin());
      }
    }
    catalog.publish(serving);
    lastActive.save(serving.stream()
        .map(plugin -> String.valueOf(plugin.identity().digest()))
        .toList());
  }

  private void announce(Outcome outcome, Slot slot, PluginState state) {
    slot.statuses().stream()
        .filter(status -> status.state() == state)
        .forEach(status -> changes.accept(new PluginChange(outcome, status)));
  }
}
