package dev.losses.server.plugins;

import dev.losses.api.EvaluationListener;
import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.plugins.gate.Gate;
import dev.losses.server.plugins.gate.JarCache;
import dev.losses.server.plugins.gate.LoadedPlugin;
import dev.losses.server.plugins.gate.Sighting;
import dev.losses.server.plugins.gate.Trust;
import dev.losses.server.plugins.gate.Verdict;
import dev.losses.server.problem.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the catalogue equal to what lies in the plugin folder. All decisions are made on one thread; every jar goes
 * through the gate on another, so that a slow one delays nobody.
 */
public final class PluginHost implements Catalog, AutoCloseable {
  private final PluginProperties properties;
  private final IsolationProperties isolation;
  private final PluginFolder folder;
  private final Gate gate;
  private final LiveCatalog catalog;
  private final Departures departures;
  private final Roster roster;
  private final HostThread thread = new HostThread();
  private final Examinations examinations;
  private final Rollbacks rollbacks;
  private final Ticker ticker;
  private final FolderWatch watch;

  PluginHost(
      PluginProperties properties,
      IsolationProperties isolation,
      Collection<LossDefinition> builtIns,
      EvaluationListener listener,
      PluginBoard board,
      Consumer<PluginChange> changes)
      throws IOException {
    this.properties = properties;
    this.isolation = isolation;
    this.folder = new PluginFolder(properties.directory());
    Trust trust = Trust.of(properties.trust(), properties.trustedDigests());
    JarCache cache = JarCache.in(properties.cacheDirectory(), properties.directory());
    this.gate = new Gate(cache, properties.directory(), trust, properties.loadDeadline());
    this.catalog = new LiveCatalog(builtIns, listener, this::drained);
    this.departures = new Departures(gate, properties);
    this.roster =
        new Roster(catalog, departures, new LastActive(properties.directory()), board, changes);
    this.examinations = new Examinations(thread, roster::show);
    this.rollbacks = new Rollbacks(thread, roster, gate, examinations, isolation);
    this.ticker = new Ticker(
        thread.executor(), properties.rescan(), () -> thread.submit(() -> scan(sighting -> false)));
    this.watch = new FolderWatch(properties.directory(), ticker::wake);
  }

  @Override
  public Lease lease() {
    return catalog.lease();
  }

  @Override
  public Optional<Lease> lease(String loss, String version) {
    return catalog.lease(loss, version);
  }

  /** Whether changes of the folder are noticed at once, or at the next scan only. */
  boolean hearsEvents() {
    return watch.listening();
  }

  /** Begins to serve the folder. Waits, but not for ever, for the jars that lie in it already. */
  void start() {
    scanAndWait(this::isOld);
    thread.submit(roster::settle);
    ticker.start();
  }

  /** Reads the folder now and takes what lies in it as complete. Waits, but not for ever, until it is dealt with. */
  void rescan() {
    // What is in the gate may be out of date already.
    await(CompletableFuture.supplyAsync(roster::underWay, thread.executor()));
    scanAndWait(sighting -> true);
  }

  private void scanAndWait(Predicate<@Nullable Sighting> complete) {
    await(CompletableFuture.supplyAsync(() -> scan(complete), thread.executor()));
  }

  private void await(CompletableFuture<List<CompletableFuture<Void>>> attempts) {
    attempts
        .thenCompose(all -> CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)))
        .completeOnTimeout(null, properties.loadDeadline().toNanos(), TimeUnit.NANOSECONDS)
        .exceptionally(failure -> null) // It is in the log, and in what is listed.
        .join();
  }

  /**
   * Serves the bytes again that the plugin of that id served before. They pass the gate once more.
   *
   * @return fails with a {@link ProblemException} when there is no such plugin, or nothing to go back to
   */
  CompletableFuture<Void> rollBack(String id) {
    return rollbacks.rollBack(id);
  }

  private void drained(ServingPlugin plugin) {
    thread.submit(() -> {
      departures.drained(plugin);
      roster.show();
    });
  }

  private List<CompletableFuture<Void>> scan(Predicate<@Nullable Sighting> complete) {
    watch.renew();
    long now = System.nanoTime();
    long stableFor = properties.rescan().toNanos();
    Map<String, Sighting> found = folder.scan().orElse(null);
    if (found == null) {
      // That it cannot be read does not say that it is empty: what serves goes on serving.
      roster.show();
      return List.of();
    }
    found.keySet().forEach(roster::slot);
    List<CompletableFuture<Void>> attempts = new ArrayList<>();
    for (Slot slot : roster.slots()) {
      Sighting sighting = found.get(slot.file);
      boolean settled = complete.test(sighting);
      slot.observe(sighting, settled ? now - stableFor : now);
      if (!(settled || slot.settled(now, stableFor))) {
        continue;
      }
      if (sighting == null) {
        roster.remove(slot);
      } else if (slot.attempt == null
          && (!sighting.equals(slot.attempted) || roster.mayTryAgain(slot))) {
        Slot.Attempt attempt = slot.begin(sighting, now);
        examinations.queue(
            () -> gate.examine(sighting),
            verdict -> finish(slot, attempt, verdict),
            attempt.done());
        forgetIfItFails(slot, attempt);
        attempts.add(attempt.done());
      }
    }
    roster.show();
    return attempts;
  }

  /** So that the next scan begins anew. */
  private void forgetIfItFails(Slot slot, Slot.Attempt attempt) {
    attempt.done().exceptionally(failure -> {
      thread.submit(() -> {
        if (attempt.equals(slot.attempt)) {
          slot.attempt = null;
          slot.attempted = null;
        }
      });
      return null;
    });
  }

  /** What was there, untouched, before the server started need not be watched for a while first. */
  private boolean isOld(@Nullable Sighting sighting) {
    return sighting != null
        && sighting.modified().toInstant().isBefore(Instant.now().minus(properties.rescan()));
  }

  private void finish(Slot slot, Slot.Attempt attempt, Verdict<LoadedPlugin> verdict) {
    slot.attempt = null;
    if (!attempt.sighting().stillHolds()) {
      // Replaced or removed meanwhile; a later scan deals with what is there now.
      slot.attempted = null;
      Examinations.discard(verdict);
    } else if (verdict instanceof Verdict.Admitted<LoadedPlugin> admitted) {
      roster.admit(slot, attempt, new ServingPlugin(admitted.value(), isolation));
    } else if (verdict instanceof Verdict.Rejected<LoadedPlugin> rejected) {
      roster.refuse(slot, gate.withoutPaths(rejected.rejection()));
    }
  }

  /** Ends every plugin. The built-in losses stay. */
  @Override
  public void close() {
    watch.close();
    examinations.close();
    thread.submit(() -> {
      roster.close();
      roster.show();
    });
    thread.close();
    gate.close();
  }
}
