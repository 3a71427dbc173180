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

  /**
   * A jar on its way through the pipeline.
   *
   * @param seenNanos when a scan first saw it as it is
   * @param startedNanos when it had settled and set out
   */
  record Attempt(Sighting sighting, long seenNanos, long startedNanos, Instant since) {

    /** Whether each was there before the other set out: then which is the first says nothing. */
    boolean together(Attempt other) {
      return seenNanos - other.startedNanos <= 0 && other.seenNanos - startedNanos <= 0;
    }
  }

  /**
   * The version that serves.
   *
   * @param attempt how it came
   * @param established whether it had its names before that, in this run or in the last
   */
  record Active(LoadedPlugin plugin, Attempt attempt, boolean established, Instant since) {}

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

  /** Begins to put what was observed last through the pipeline. */
  Attempt begin(Sighting sighting, long nanos) {
    Attempt begun = new Attempt(sighting, seenSinceNanos, nanos, Instant.now());
    attempted = sighting;
    attempt = begun;
    return begun;
  }

  /** Whether scans that far apart found the same. */
  boolean settled(long nanos, long stableForNanos) {
    return nanos - seenSinceNanos >= stableForNanos;
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
