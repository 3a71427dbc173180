package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.LoadedPlugin;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the code of closed plugins leaves memory. Belongs to the host's thread.
 *
 * <p>That it is still there says nothing before a collection of garbage that could have taken it. So something of the
 * same kind and age, which nobody holds, is closed with it: once that is gone and the plugin's code is not, it is held.
 */
final class LeakWatch {
  private static final Logger log = LoggerFactory.getLogger(LeakWatch.class);

  /** So many versions that have left memory are remembered. */
  private static final int REMEMBERED = 10;

  private final Deque<Watched> watched = new ArrayDeque<>();

  /** Begins to watch a plugin that is closed. */
  void watch(ServingPlugin plugin) {
    LoadedPlugin loaded = plugin.loaded();
    watched.addFirst(new Watched(
        PluginStatus.of(PluginState.CLOSED, loaded.identity(), loaded.losses(), Instant.now()),
        new WeakReference<>(loaded.code()),
        plugin.letGoOfControl()));
  }

  /** Where the closed plugins stand, the last closed first. */
  List<PluginStatus> look() {
    int collected = 0;
    for (Iterator<Watched> each = watched.iterator(); each.hasNext(); ) {
      Watched plugin = each.next();
      plugin.look();
      if (plugin.status.state() == PluginState.COLLECTED && ++collected > REMEMBERED) {
        each.remove();
      }
    }
    return watched.stream().map(plugin -> plugin.status).toList();
  }

  private static final class Watched {
    private final WeakReference<ClassLoader> code;
    private final WeakReference<ClassLoader> control;
    private PluginStatus status;

    Watched(
        PluginStatus status, WeakReference<ClassLoader> code, WeakReference<ClassLoader> control) {
      this.status = status;
      this.code = code;
      this.control = control;
    }

    /**
     * The control is looked at first, and the code without being held, not even by this thread: what a collection finds held
     * between two looks would seem to have outlived its control.
     */
    void look() {
      boolean controlIsCollected = control.refersTo(null);
      if (code.refersTo(null)) {
        if (status.state() != PluginState.COLLECTED) {
          status = status.now(PluginState.COLLECTED, null, Instant.now());
        }
      } else if (controlIsCollected && status.state() == PluginState.CLOSED) {
        ClassLoader loader = code.get();
        if (loader == null) {
          return; // Just collected, as the next look finds.
        }
        status = status.now(
            PluginState.LEAKED,
            "Its code is held in memory since it was closed" + Holders.of(loader),
            status.since());
        log.warn("Plugin {} {} leaks. {}", status.id(), status.version(), status.reason());
      }
    }
  }
}
