package dev.losses.server.plugins;

import dev.losses.server.plugins.PluginChange.Outcome;
import dev.losses.server.plugins.gate.Identity;
import dev.losses.server.plugins.gate.LoadedPlugin;
import dev.losses.server.plugins.gate.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every plugin and where it stands; what becomes active is published here. Belongs to the host's thread. */
final class Roster {
  private final Map<String, Slot> slots = new TreeMap<>();
  private final LiveCatalog catalog;
  private final Departures departures;
  private final Claims claims;
  private final LastActive lastActive;
  private final PluginBoard board;
  private final Consumer<PluginChange> changes;
  private boolean closed;

  Roster(
      LiveCatalog catalog,
      Departures departures,
      LastActive lastActive,
      PluginBoard board,
      Consumer<PluginChange> changes) {
    this.catalog = catalog;
    this.departures = departures;
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

  /** The files whose active plugin has that id: as a rule one, or none. */
  List<Slot> serving(String id) {
    return slots.values().stream()
        .filter(slot ->
            slot.active != null && slot.active.plugin().loaded().identity().id().equals(id))
        .toList();
  }

  /** Notes that whatever served when the server last ran has had the time to serve again. */
  void settle() {
    lastActive.settle();
    remember(serving());
  }

  boolean mayTryAgain(Slot slot) {
    return claims.mayTryAgain(slot);
  }

  /** Serves a plugin that has passed every check, if the names it claims are free. */
  void admit(Slot slot, Slot.Attempt attempt, ServingPlugin plugin) {
    LoadedPlugin loaded = plugin.loaded();
    if (closed) {
      departures.discard(plugin);
      return;
    }
    Slot.Active before = slot.active;
    if (before != null && before.plugin().loaded().identity().equals(loaded.identity())) {
      departures.discard(plugin); // The same bytes, written again.
      slot.quarantine = null;
      return;
    }
    boolean established = before != null || lastActive.served(loaded.identity());
    Claims.Decision decision = claims.decide(slot, attempt, loaded.names(), established);
    decision.displaced().forEach(other -> displace(other, slot, loaded, decision.contested()));
    if (!decision.granted()) {
      departures.discard(plugin);
      Rejection rejection =
          new Rejection(loaded.identity(), loaded.losses(), "publish", decision.reason());
      quarantine(slot, rejection, Set.copyOf(loaded.names()), decision.contested());
      publishIf(!decision.displaced().isEmpty());
      return;
    }
    if (before != null) {
      departures.keepBytes(slot, before.plugin());
    }
    serve(slot, new Slot.Active(plugin, attempt, established, Instant.now()));
    slot.quarantine = null;
    announce(before == null ? Outcome.ACTIVATED : Outcome.REPLACED, slot, PluginState.ACTIVE);
  }

  /** The jars in the gate at this moment: when each is done. */
  List<CompletableFuture<Void>> underWay() {
    return slots.values().stream()
        .flatMap(slot -> Stream.ofNullable(slot.attempt))
        .map(Slot.Attempt::done)
        .toList();
  }

  /**
   * Serves kept bytes in the place of what the file holds, until the file changes.
   *
   * @param before what the slot serves
   * @return why not; empty where it is done
   */
  Optional<String> rollBack(Slot slot, Slot.Active before, ServingPlugin plugin) {
    Claims.Decision decision =
        claims.decide(slot, before.attempt(), plugin.loaded().names(), false);
    if (!decision.granted() || !decision.displaced().isEmpty()) {
      departures.discard(plugin);
      return Optional.of(decision.reason() + ".");
    }
    serve(slot, new Slot.Active(plugin, before.attempt(), true, Instant.now()));
    LoadedPlugin out = before.plugin().loaded();
    // Rolled back for the second time: what is told of is still the jar in the folder.
    Rejection inFolder =
        slot.quarantine != null && slot.quarantine.rejection().stage().equals("rollback")
            ? slot.quarantine.rejection()
            : null;
    Identity in = plugin.loaded().identity();
    quarantine(
        slot,
        new Rejection(
            inFolder == null ? out.identity() : inFolder.identity(),
            inFolder == null ? out.losses() : inFolder.losses(),
            "rollback",
            "It was rolled back to " + in.version() + ", " + in.digest()
                + "; put another jar in its place, or touch it to have it tried again"),
        Set.of(),
        false);
    announce(Outcome.REPLACED, slot, PluginState.ACTIVE);
    return Optional.empty();
  }

  private void serve(Slot slot, Slot.Active active) {
    Slot.Active before = slot.active;
    slot.active = active;
    retire(before);
    publishIf(true);
  }

  /** Keeps a jar out for its own sake. What the file served before goes on serving. */
  void refuse(Slot slot, Rejection rejection) {
    quarantine(slot, rejection, Set.of(), false);
  }

  /** Forgets a file that is gone; what it served is served no more. */
  void remove(Slot slot) {
    if (slot.attempt != null && slot.active == null && slot.quarantine == null) {
      return; // Only what is in the gate is left: that ends by itself.
    }
    List<PluginStatus> last = slot.statuses(catalog::leases);
    Slot.Active active = slot.active;
    retire(active);
    slot.active = null;
    slot.quarantine = null;
    departures.forgetBytes(slot);
    if (slot.attempt == null) {
      slots.remove(slot.file);
    }
    publishIf(active != null);
    last.stream()
        .filter(status -> status.state() != PluginState.LOADING)
        .findFirst()
        .ifPresent(status -> changes.accept(new PluginChange(Outcome.REMOVED, status)));
  }

  /** Serves the built-in losses alone and ends every plugin, in use or not. */
  void close() {
    closed = true;
    slots.values().forEach(slot -> {
      retire(slot.active);
      departures.forgetBytes(slot);
    });
    slots.clear();
    catalog.publish(List.of());
    departures.close();
  }

  /** Lets everyone see what there is now. */
  void show() {
    List<PluginStatus> now = new ArrayList<>();
    slots.values().forEach(slot -> now.addAll(slot.statuses(catalog::leases)));
    now.addAll(departures.statuses(catalog::leases));
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
    LoadedPlugin out = active.plugin().loaded();
    Rejection rejection = new Rejection(out.identity(), out.losses(), "publish", reason);
    quarantine(loser, rejection, Set.copyOf(out.names()), contested);
  }

  private void quarantine(Slot slot, Rejection rejection, Set<String> wanted, boolean contested) {
    slot.quarantine = new Slot.Quarantine(rejection, wanted, contested, Instant.now());
    announce(Outcome.QUARANTINED, slot, PluginState.QUARANTINED);
  }

  private void retire(Slot.@Nullable Active active) {
    if (active != null) {
      departures.drain(active.plugin());
    }
  }

  private void publishIf(boolean changed) {
    if (!changed) {
      return;
    }
    List<ServingPlugin> serving = serving();
    catalog.publish(serving);
    remember(serving);
  }

  private List<ServingPlugin> serving() {
    List<ServingPlugin> serving = new ArrayList<>();
    for (Slot slot : slots.values()) {
      if (slot.active != null) {
        serving.add(slot.active.plugin());
      }
    }
    return serving;
  }

  private void remember(List<ServingPlugin> serving) {
    lastActive.save(serving.stream()
        .map(plugin -> String.valueOf(plugin.loaded().identity().digest()))
        .toList());
  }

  private void announce(Outcome outcome, Slot slot, PluginState state) {
    slot.statuses(catalog::leases).stream()
        .filter(status -> status.state() == state)
        .forEach(status -> changes.accept(new PluginChange(outcome, status)));
  }
}
