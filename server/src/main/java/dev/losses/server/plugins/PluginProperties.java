package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.Trust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the plugin folder.
 *
 * @param directory where plugin jars are put; it may be absent, and may come later
 * @param cacheDirectory where private copies are kept, for this server alone; by default a temporary directory
 * @param rescan how often the folder is read; also how long a jar must lie unchanged before it is read
 * @param loadDeadline how long a jar may take in each stage: to be copied, to load, to answer the checks
 * @param trust whether every jar is trusted or only those whose digests are listed
 * @param trustedDigests the SHA-256 digests of the jars that are trusted
 * @param keepVersions how many earlier versions of a plugin are kept to go back to
 * @param drainDeadline how long calls of a version that is replaced or removed may take before that is told
 */
@ConfigurationProperties("losses.plugins")
public record PluginProperties(
    @DefaultValue("plugins") Path directory,
    @Nullable Path cacheDirectory,
    @DefaultValue("1s") Duration rescan,
    @DefaultValue("10s") Duration loadDeadline,
    @DefaultValue("open") Trust.Mode trust,
    @DefaultValue List<String> trustedDigests,
    @DefaultValue("2") int keepVersions,
    @DefaultValue("30s") Duration drainDeadline) {

  /** @throws IllegalArgumentException when a time is not positive or a number is negative */
  public PluginProperties {
    requirePositive("rescan", rescan);
    requirePositive("load-deadline", loadDeadline);
    requirePositive("drain-deadline", drainDeadline);
    trustedDigests = List.copyOf(trustedDigests);
    if (keepVersions < 0) {
      throw new IllegalArgumentException("losses.plugins.keep-versions must not be below 0");
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("losses.plugins." + name + " must be longer than 0");
    }
  }
}
