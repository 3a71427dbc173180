package dev.losses.server.plugins;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog.Lease;
import dev.losses.server.catalog.Catalog.Work;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A pin on a snapshot, until it is closed. Work that goes on after that, because its caller waits no longer, keeps the
 * plugin whose code it is, and no other.
 */
final class SnapshotLease implements Lease {
  private final Snapshot snapshot;
  private final Consumer<ServingPlugin> ended;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A lease.
   *
   * @param snapshot pinned already
   * @param ended hears of every plugin of which a call has ended
   */
  SnapshotLease(Snapshot snapshot, Consumer<ServingPlugin> ended) {
    this.snapshot = snapshot;
    this.ended = ended;
  }

  @Override
  public LossCatalog losses() {
    return snapshot.losses();
  }

  @Override
  public boolean isBuiltIn(LossDefinition loss) {
    return snapshot.plugin(loss).isEmpty();
  }

  @Override
  public <T> T call(LossDefinition loss, Work<T> work) {
    if (closed.get()) {
      throw new IllegalStateException("The lease is closed");
    }
    Optional<ServingPlugin> called = snapshot.plugin(loss);
    return called.isEmpty() ? work.run() : call(called.get(), work, ended);
  }

  /** Static, for what waits for the work to end must not keep the snapshot. */
  private static <T> T call(ServingPlugin plugin, Work<T> work, Consumer<ServingPlugin> ended) {
    return plugin.call(work, () -> ended.accept(plugin));
  }

  @Override
  public long generation() {
    return snapshot.generation();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      snapshot.unpin();
    }
  }
}
