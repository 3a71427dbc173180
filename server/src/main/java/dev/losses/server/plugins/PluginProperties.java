package dev.losses.server.plugins;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the plugin folder.
 *
 * @param directory where plugin jars are put; it may be absent, and may come later
 * @param cacheDirectory where private copies are kept, for this server alone; by default a temporary directory
 * @param rescan how often the folder is read; also how long a jar must lie unchanged before it is read
 * @param loadDeadline how long a jar's code may take to load, and again to answer the checks
 */
@ConfigurationProperties("losses.plugins")
public record PluginProperties(
    @DefaultValue("plugins") Path directory,
    @Nullable Path cacheDirectory,
    @DefaultValue("1s") Duration rescan,
    @DefaultValue("10s") Duration loadDeadline) {

  /** @throws IllegalArgumentException when a time is not positive */
  public PluginProperties {
    requirePositive("rescan", rescan);
    requirePositive("load-deadline", loadDeadline);
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("losses.plugins." + name + " must be longer than 0");
    }
  }
}
