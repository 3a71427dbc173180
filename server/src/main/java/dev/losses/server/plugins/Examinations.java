package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.DaemonThreads;
import dev.losses.server.plugins.gate.LoadedPlugin;
import dev.losses.server.plugins.gate.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Has jars put through the gate on threads of its own; the host's thread decides what follows. */
final class Examinations implements AutoCloseable {
  /** So that a folder full of jars does not take the machine from the calls under way. */
  static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final ExecutorService queue =
      Executors.newFixedThreadPool(AT_ONCE, DaemonThreads.named("losses-plugin-candidate"));
  private final HostThread thread;
  private final Runnable show;

  /** @param show lets everyone see what was decided */
  Examinations(HostThread thread, Runnable show) {
    this.thread = thread;
    this.show = show;
  }

  /** Queues a jar; {@code done} is completed once everyone can see what came of it, and cancelled when nothing will. */
  void queue(
      Supplier<Verdict<LoadedPlugin>> gate,
      Consumer<Verdict<LoadedPlugin>> decide,
      CompletableFuture<Void> done) {
    examine(queue, gate, decide, done);
  }

  /** The same before all that is queued. */
  void atOnce(
      Supplier<Verdict<LoadedPlugin>> gate,
      Consumer<Verdict<LoadedPlugin>> decide,
      CompletableFuture<Void> done) {
    examine(task -> DaemonThreads.start("losses-plugin-urgent", task), gate, decide, done);
  }

  private void examine(
      Executor executor,
      Supplier<Verdict<LoadedPlugin>> gate,
      Consumer<Verdict<LoadedPlugin>> decide,
      CompletableFuture<Void> done) {
    try {
      executor.execute(() -> {
        Verdict<LoadedPlugin> verdict = gate.get();
        if (!thread.submit(() -> conclude(() -> decide.accept(verdict), done))) {
          discard(verdict);
          done.cancel(false);
        }
      });
    } catch (RejectedExecutionException stopping) {
      done.cancel(false);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e); // No thread can be made.
    }
  }

  /** Whoever waits is told of the end, whatever it is. */
  private void conclude(Runnable decision, CompletableFuture<Void> done) {
    try {
      decision.run();
      show.run();
      done.complete(null);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
      throw e;
    }
  }

  /** Ends what is not to serve. */
  static void discard(Verdict<LoadedPlugin> verdict) {
    if (verdict instanceof Verdict.Admitted<LoadedPlugin> admitted) {
      admitted.value().close();
    }
  }

  /** Begins no more, and gives up what is under way. */
  @Override
  public void close() {
    queue.shutdownNow();
  }
}
