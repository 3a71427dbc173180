package dev.losses.server.plugins;

import dev.losses.api.EvaluationListener;
import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The built-in losses and those of the plugins, as immutable snapshots that replace one another. A snapshot lives while
 * it is the current one or a lease holds it; a plugin, while a snapshot that contains it lives.
 */
final class LiveCatalog implements Catalog {
  private final List<LossDefinition> builtIns;
  private final EvaluationListener listener;
  private final Consumer<LoadedPlugin> drained;
  private volatile Snapshot current;

  /** @param drained hears of every plugin that no call uses any more and none can use again */
  LiveCatalog(
      Collection<LossDefinition> builtIns,
      EvaluationListener listener,
      Consumer<LoadedPlugin> drained) {
    this.builtIns = List.copyOf(builtIns);
    this.listener = listener;
    this.drained = drained;
    this.current = snapshot(List.of(), 1);
  }

  @Override
  public Lease lease() {
    while (true) {
      Snapshot snapshot = current;
      if (snapshot.pin()) {
        return new SnapshotLease(snapshot);
      }
      // Replaced in this very moment: the next one is there already.
    }
  }

  List<LossDefinition> builtIns() {
    return builtIns;
  }

  /** Serves the built-in losses and these, from now on. To be called by one thread only. */
  void publish(Collection<LoadedPlugin> plugins) {
    Snapshot before = current;
    Snapshot after = snapshot(plugins, before.generation + 1);
    after.plugins.forEach(LoadedPlugin::hold);
    current = after;
    before.unpin();
  }

  private Snapshot snapshot(Collection<LoadedPlugin> plugins, long generation) {
    List<LossDefinition> all = new ArrayList<>(builtIns);
    plugins.forEach(plugin -> all.addAll(plugin.definitions()));
    return new Snapshot(LossCatalog.of(all).observedBy(listener), List.copyOf(plugins), generation);
  }

  private final class Snapshot {
    private final LossCatalog losses;
    private final List<LoadedPlugin> plugins;
    private final long generation;
    /** One for being current, one for each lease; at 0 it is dead for ever. */
    private final AtomicInteger pins = new AtomicInteger(1);

    Snapshot(LossCatalog losses, List<LoadedPlugin> plugins, long generation) {
      this.losses = losses;
      this.plugins = plugins;
      this.generation = generation;
    }

    boolean pin() {
      return pins.getAndUpdate(count -> count == 0 ? 0 : count + 1) != 0;
    }

    void unpin() {
      if (pins.decrementAndGet() == 0) {
        plugins.stream().filter(LoadedPlugin::letGo).forEach(drained);
      }
    }
  }

  private static final class SnapshotLease implements Lease {
    private final Snapshot snapshot;
    private final AtomicBoolean closed = new AtomicBoolean();

    SnapshotLease(Snapshot snapshot) {
      this.snapshot = snapshot;
    }

    @Override
    public LossCatalog losses() {
      return snapshot.losses;
    }

    @Override
    public long generation() {
      return snapshot.generation;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        snapshot.unpin();
      }
    }
  }
}
