package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.LoadedPlugin;
import dev.losses.server.plugins.gate.Rejection;
import dev.losses.server.plugins.gate.Sighting;
import dev.losses.server.plugins.gate.StoredJar;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
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

  /** The bytes of versions that served before the active one, the last first. */
  final Deque<StoredJar> kept = new ArrayDeque<>();

  Slot(String file) {
    this.file = file;
  }

  /**
   * A jar on its way through the pipeline.
   *
   * @param seenNanos when a scan first saw it as it is
   * @param startedNanos when it had settled and set out
   * @param done completed once everyone can see what became of it
   */
  record Attempt(
      Sighting sighting,
      long seenNanos,
      long startedNanos,
      Instant since,
      CompletableFuture<Void> done) {

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
  record Active(ServingPlugin plugin, Attempt attempt, boolean established, Instant since) {}

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
    Attempt begun =
        new Attempt(sighting, seenSinceNanos, nanos, Instant.now(), new CompletableFuture<>());
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
    return active == null ? Set.of() : common(names, active.plugin().loaded().names());
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

  /** What there is to know; {@code leases} counts those of a plugin. */
  List<PluginStatus> statuses(ToIntFunction<ServingPlugin> leases) {
    List<PluginStatus> statuses = new ArrayList<>();
    if (active != null) {
      LoadedPlugin plugin = active.plugin().loaded();
      statuses.add(
          PluginStatus.of(PluginState.ACTIVE, plugin.identity(), plugin.losses(), active.since())
              .withLeases(leases.applyAsInt(active.plugin())));
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
