package dev.losses.server.plugins;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that goes on under one file name. Belongs to the host's thread. */
final class Slot {
  final String file;

  private @Nullable Sighting seen;
  private long seenSinceNanos;

  /** What was last put through the pipeline, whatever came of it. */
  @Nullable
  Sighting attempted;

  @Nullable
  Attempt attempt;

  @Nullable
  Active active;

  @Nullable
  Quarantine quarantine;

  Slot(String file) {
    this.file = file;
  }

  /** A jar on its way through the pipeline. */
  record Attempt(Sighting sighting, long scan, Instant since) {}

  /**
   * The version that serves.
   *
   * @param scan the scan that found the file, or the one before that it succeeds
   * @param established whether it had its names before that scan, in this run or in the last
   */
  record Active(LoadedPlugin plugin, long scan, boolean established, Instant since) {}

  /**
   * A version that was refused.
   *
   * @param wanted the names that kept it out; empty where it was refused for its own sake
   * @param contested whether another that wanted them was kept out, too
   */
  record Quarantine(Rejection rejection, Set<String> wanted, boolean contested, Instant since) {}

  /** Notes what a scan found: the jar, or that there is none. */
  void observe(@Nullable Sighting now, long nanos) {
    if (!Objects.equals(seen, now)) {
      seen = now;
      seenSinceNanos = nanos;
    }
  }

  /** Whether scans that far apart found the same. */
  boolean settled(long nanos, long stableForNanos) {
    return nanos - seenSinceNanos >= stableForNanos;
  }

  @Nullable
  Sighting seen() {
    return seen;
  }

  /** Those of the names that its active version has. */
  Set<String> owned(Set<String> names) {
    return active == null ? Set.of() : common(names, active.plugin().names());
  }

  /** Those of the names that it and another newcomer were refused. */
  Set<String> contested(Set<String> names) {
    return quarantine == null || !quarantine.contested()
        ? Set.of()
        : common(names, quarantine.wanted());
  }

  private static Set<String> common(Set<String> names, Iterable<String> others) {
    Set<String> common = new TreeSet<>();
    others.forEach(name -> {
      if (names.contains(name)) {
        common.add(name);
      }
    });
    return common;
  }

  List<PluginStatus> statuses() {
    List<PluginStatus> statuses = new ArrayList<>();
    if (active != null) {
      LoadedPlugin plugin = active.plugin();
      statuses.add(
          PluginStatus.of(PluginState.ACTIVE, plugin.identity(), plugin.losses(), active.since()));
    }
    if (attempt != null) {
      statuses.add(PluginStatus.of(
          PluginState.LOADING, attempt.sighting().identity(), List.of(), attempt.since()));
    }
    if (quarantine != null && attempt == null) {
      statuses.add(PluginStatus.quarantined(quarantine.rejection(), quarantine.since()));
    }
    return statuses;
  }
}
