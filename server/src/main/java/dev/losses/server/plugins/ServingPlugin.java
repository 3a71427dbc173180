package dev.losses.server.plugins;

import dev.losses.server.catalog.Catalog.Work;
import dev.losses.server.plugins.gate.LoadedPlugin;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A plugin that has passed the gate: its code, and the threads that the code runs on. */
final class ServingPlugin implements AutoCloseable {
  private final LoadedPlugin loaded;
  private final Isolation isolation;
  private @Nullable ClassLoader control = Control.create();
  /** The snapshots that have it, and the calls of it that run. */
  private final AtomicInteger users = new AtomicInteger();

  private final AtomicInteger calls = new AtomicInteger();

  ServingPlugin(LoadedPlugin loaded, IsolationProperties properties) {
    this.loaded = loaded;
    this.isolation = new Isolation(loaded.identity(), loaded.code(), properties);
  }

  LoadedPlugin loaded() {
    return loaded;
  }

  /** Something that leaves memory when the plugin's code should. To be asked for once, when the plugin is closed. */
  WeakReference<ClassLoader> letGoOfControl() {
    WeakReference<ClassLoader> reference = new WeakReference<>(control);
    control = null;
    return reference;
  }

  /**
   * Runs work of its code, on its own threads. It is in use until that ends, which may be long after the caller was
   * answered.
   *
   * @param ended hears when the work has ended
   */
  <T> T call(Work<T> work, Runnable ended) {
    users.incrementAndGet();
    calls.incrementAndGet();
    return isolation.call(work, () -> {
      calls.decrementAndGet();
      ended.run();
    });
  }

  /** How many calls of it run. */
  int calls() {
    return calls.get();
  }

  /** Notes that one more snapshot has it. */
  void hold() {
    users.incrementAndGet();
  }

  /** Notes that a snapshot that has it is dead, or that a call has ended; says whether that was the last. */
  boolean letGo() {
    return users.decrementAndGet() == 0;
  }

  @Override
  public void close() {
    isolation.close();
    loaded.close();
  }
}
