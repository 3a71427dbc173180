package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.Identity;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log for each change. */
final class ChangeLog implements Consumer<PluginChange> {
  private static final Logger log = LoggerFactory.getLogger(ChangeLog.class);

  @Override
  public void accept(PluginChange change) {
    PluginStatus plugin = change.plugin();
    switch (change.outcome()) {
      case ACTIVATED -> log.info("{} is active and serves {}", describe(plugin), plugin.losses());
      case REPLACED ->
        log.info("{} replaces the version before and serves {}", describe(plugin), plugin.losses());
      case REMOVED -> log.info("{} is removed", describe(plugin));
      case QUARANTINED ->
        log.warn(
            "{} is not served; stage {}: {}", describe(plugin), plugin.stage(), plugin.reason());
    }
  }

  private static String describe(PluginStatus plugin) {
    return "Plugin " + new Identity(plugin.file(), plugin.id(), plugin.version(), plugin.digest());
  }
}
