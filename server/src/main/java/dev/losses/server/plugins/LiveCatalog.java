package dev.losses.server.plugins;

import dev.losses.api.EvaluationListener;
import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * The built-in losses and those of the plugins, as immutable snapshots that replace one another. A snapshot lives while
 * it is the current one or a lease holds it; a plugin, while a
 * snapshot that contains it lives, or a call of it runs.
 */
final class LiveCatalog implements Catalog {
  private final List<LossDefinition> builtIns;
  private final EvaluationListener listener;
  private final Consumer<ServingPlugin> drained;
  /** Those that live, the newest first. */
  private final ConcurrentLinkedDeque<Snapshot> live = new ConcurrentLinkedDeque<>();

  private volatile Snapshot current;

  /** @param drained hears of every plugin that no call uses any more and none can use again */
  LiveCatalog(
      Collection<LossDefinition> builtIns,
      EvaluationListener listener,
      Consumer<ServingPlugin> drained) {
    this.builtIns = List.copyOf(builtIns);
    this.listener = listener;
    this.drained = drained;
    this.current = snapshot(List.of(), 1);
    live.addFirst(current);
  }

  @Override
  public Lease lease() {
    while (true) {
      Snapshot snapshot = current;
      if (snapshot.pin()) {
        return new SnapshotLease(snapshot, this::letGo);
      }
      // Replaced in this very moment: the next one is there already.
    }
  }

  @Override
  public Optional<Lease> lease(String loss, String version) {
    for (Snapshot snapshot : live) {
      if (snapshot.has(loss, version) && snapshot.pin()) {
        return Optional.of(new SnapshotLease(snapshot, this::letGo));
      }
    }
    return Optional.empty();
  }

  /** How many calls may use that plugin now, for they began while it served and have not ended; at least. */
  int leases(ServingPlugin plugin) {
    int leases = live.stream()
        .filter(snapshot -> snapshot.plugins().contains(plugin))
        .mapToInt(snapshot -> snapshot.pins() - (snapshot == current ? 1 : 0))
        .sum();
    // A call whose caller waits no longer has no lease any more.
    return Math.max(leases, plugin.calls());
  }

  List<LossDefinition> builtIns() {
    return builtIns;
  }

  /** Serves the built-in losses and these, from now on. To be called by one thread only. */
  void publish(Collection<ServingPlugin> plugins) {
    Snapshot before = current;
    Snapshot after = snapshot(plugins, before.generation() + 1);
    after.plugins().forEach(ServingPlugin::hold);
    live.addFirst(after);
    current = after;
    before.unpin();
  }

  private Snapshot snapshot(Collection<ServingPlugin> plugins, long generation) {
    List<LossDefinition> all = new ArrayList<>(builtIns);
    plugins.forEach(plugin -> all.addAll(plugin.loaded().definitions()));
    return new Snapshot(
        LossCatalog.of(all).observedBy(listener), List.copyOf(plugins), generation, this::ended);
  }

  private void ended(Snapshot snapshot) {
    live.remove(snapshot);
    snapshot.plugins().forEach(this::letGo);
  }

  private void letGo(ServingPlugin plugin) {
    if (plugin.letGo()) {
      drained.accept(plugin);
    }
  }
}
