package dev.losses.server.plugins;

import dev.losses.api.EvaluationListener;
import dev.losses.api.LossDefinition;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.plugins.Pipeline.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalogue equal to what lies in the plugin folder. All decisions are made on one thread; every jar goes
 * through the pipeline on another, so that a slow one delays nobody.
 */
public final class PluginHost implements Catalog, AutoCloseable {
  /** So that a folder full of jars does not take the machine from the calls under way. */
  static final int CANDIDATES_AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final Logger log = LoggerFactory.getLogger(PluginHost.class);

  private final PluginProperties properties;
  private final PluginFolder folder;
  private final JarCache cache;
  private final Pipeline<Sighting, LoadedPlugin> pipeline;
  private final LiveCatalog catalog;
  private final Roster roster;
  private final ScheduledExecutorService thread = thread();
  private final ExecutorService candidates = Executors.newFixedThreadPool(
      CANDIDATES_AT_ONCE, DaemonThreads.named("losses-plugin-candidate"));
  private final Ticker ticker;
  private final FolderWatch watch;
  private boolean readable = true;

  PluginHost(
      PluginProperties properties,
      Collection<LossDefinition> builtIns,
      EvaluationListener listener,
      PluginBoard board,
      Consumer<PluginChange> changes)
      throws IOException {
    this.properties = properties;
    this.folder = new PluginFolder(properties.directory());
    this.cache = JarCache.in(properties.cacheDirectory(), properties.directory());
    this.pipeline = pipeline(cache, new Deadline(properties.loadDeadline()));
    this.catalog = new LiveCatalog(builtIns, listener, this::drained);
    this.roster = new Roster(catalog, new LastActive(properties.directory()), board, changes);
    this.ticker = new Ticker(thread, properties.rescan(), () -> submit(() -> scan(false)));
    this.watch = new FolderWatch(properties.directory(), ticker::wake);
  }

  private static ScheduledExecutorService thread() {
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(1, DaemonThreads.named("losses-plugins"));
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false); // No scan is waited for.
    return thread;
  }

  /** What a jar goes through before it serves. */
  private static Pipeline<Sighting, LoadedPlugin> pipeline(JarCache cache, Deadline deadline) {
    return Pipeline.of("scan", Sighting::check)
        .then("copy", deadline.on(cache::store))
        .then("structure", deadline.on(JarStructure::check))
        .then("load", deadline.on(new PluginLoader()::load))
        .then("canary", deadline.on(Canary::check));
  }

  @Override
  public Lease lease() {
    return catalog.lease();
  }

  /** Whether changes of the folder are noticed at once, or at the next scan only. */
  boolean hearsEvents() {
    return watch.listening();
  }

  /** Begins to serve the folder. Waits, but not for ever, for the jars that lie in it already. */
  void start() {
    CompletableFuture.supplyAsync(() -> scan(true), thread)
        .thenCompose(
            attempts -> CompletableFuture.allOf(attempts.toArray(CompletableFuture[]::new)))
        .completeOnTimeout(null, properties.loadDeadline().toNanos(), TimeUnit.NANOSECONDS)
        .join();
    ticker.start();
  }

  private void drained(LoadedPlugin plugin) {
    submit(() -> {
      roster.drained(plugin);
      roster.show();
    });
  }

  private List<CompletableFuture<Void>> scan(boolean first) {
    watch.renew();
    long now = System.nanoTime();
    long stableFor = properties.rescan().toNanos();
    Map<String, Sighting> found;
    try {
      found = folder.scan();
    } catch (IOException e) {
      complain(e);
      return List.of();
    }
    readable = true;
    found.keySet().forEach(roster::slot);
    List<CompletableFuture<Void>> attempts = new ArrayList<>();
    for (Slot slot : roster.slots()) {
      Sighting sighting = found.get(slot.file);
      slot.observe(sighting, first && isOld(sighting) ? now - stableFor : now);
      if (!slot.settled(now, stableFor) || slot.attempt != null) {
        continue;
      }
      if (sighting == null) {
        roster.remove(slot);
      } else if (!sighting.equals(slot.attempted) || roster.mayTryAgain(slot)) {
        attempts.add(attempt(slot, slot.begin(sighting, now)));
      }
    }
    roster.show();
    return attempts;
  }

  /** What was there, untouched, before the server started need not be watched for a while first. */
  private boolean isOld(@Nullable Sighting sighting) {
    return sighting != null
        && sighting.modified().toInstant().isBefore(Instant.now().minus(properties.rescan()));
  }

  /** What serves goes on serving: that the folder cannot be read does not say that it is empty. */
  private void complain(IOException e) {
    if (readable) {
      log.warn("The plugin folder cannot be read; nothing changes until it can: {}", Reasons.of(e));
    }
    readable = false;
  }

  private CompletableFuture<Void> attempt(Slot slot, Slot.Attempt attempt) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    candidates.execute(() -> {
      Verdict<LoadedPlugin> verdict = pipeline.run(attempt.sighting());
      boolean submitted = submit(() -> {
        finish(slot, attempt, verdict);
        roster.show();
        done.complete(null);
      });
      if (!submitted) {
        discard(verdict);
      }
    });
    return done;
  }

  private void finish(Slot slot, Slot.Attempt attempt, Verdict<LoadedPlugin> verdict) {
    slot.attempt = null;
    if (!attempt.sighting().stillHolds()) {
      // Replaced or removed meanwhile; a later scan deals with what is there now.
      slot.attempted = null;
      discard(verdict);
    } else if (verdict instanceof Verdict.Admitted<LoadedPlugin> admitted) {
      roster.admit(slot, attempt, admitted.value());
    } else if (verdict instanceof Verdict.Rejected<LoadedPlugin> rejected) {
      roster.refuse(slot, withoutPaths(rejected.rejection()));
    }
  }

  /** Where things lie on this machine is nobody's business, but a plugin's failure may tell. */
  private Rejection withoutPaths(Rejection rejection) {
    String reason =
        Reasons.withoutPaths(rejection.reason(), cache.directory(), properties.directory());
    return new Rejection(rejection.identity(), rejection.losses(), rejection.stage(), reason);
  }

  private static void discard(Verdict<LoadedPlugin> verdict) {
    if (verdict instanceof Verdict.Admitted<LoadedPlugin> admitted) {
      admitted.value().close();
    }
  }

  /** Has the host's thread do something; false once the host is closed. */
  private boolean submit(Runnable decision) {
    try {
      thread.execute(() -> {
        try {
          decision.run();
        } catch (RuntimeException | Error e) {
          log.error("The plugin host failed at something; it goes on", e);
        }
      });
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /** Ends every plugin. The built-in losses stay. */
  @Override
  public void close() {
    watch.close();
    candidates.shutdownNow();
    submit(() -> {
      roster.close();
      roster.show();
    });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        log.warn("The plugin host does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cache.close();
  }
}
