package dev.losses.server.plugins;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The losses of a moment and the plugins they came from. It counts who uses it, and at 0 it is dead for ever. */
final class Snapshot {
  private final LossCatalog losses;
  private final List<ServingPlugin> plugins;
  private final IdentityHashMap<LossDefinition, ServingPlugin> origins = new IdentityHashMap<>();
  private final long generation;
  private final Consumer<Snapshot> ended;
  /** One for being current, one for each lease. */
  private final AtomicInteger pins = new AtomicInteger(1);

  Snapshot(
      LossCatalog losses, List<ServingPlugin> plugins, long generation, Consumer<Snapshot> ended) {
    this.losses = losses;
    this.plugins = plugins;
    this.generation = generation;
    plugins.forEach(
        plugin -> plugin.loaded().definitions().forEach(loss -> origins.put(loss, plugin)));
    this.ended = ended;
  }

  LossCatalog losses() {
    return losses;
  }

  List<ServingPlugin> plugins() {
    return plugins;
  }

  long generation() {
    return generation;
  }

  boolean has(String loss, String version) {
    return losses
        .find(loss)
        .map(LossDefinition::source)
        .filter(source -> is(source, version))
        .isPresent();
  }

  private static boolean is(LossSource source, String version) {
    return version.equals(source.version())
        || version.equals(source.version() + "#" + source.digest());
  }

  /** The plugin that the loss came from; empty where it is built in. */
  Optional<ServingPlugin> plugin(LossDefinition loss) {
    return Optional.ofNullable(origins.get(loss));
  }

  int pins() {
    return pins.get();
  }

  boolean pin() {
    return pins.getAndUpdate(count -> count == 0 ? 0 : count + 1) != 0;
  }

  void unpin() {
    if (pins.decrementAndGet() == 0) {
      ended.accept(this);
    }
  }
}
