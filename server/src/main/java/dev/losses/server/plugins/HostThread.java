package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.DaemonThreads;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which the host decides. */
final class HostThread {
  private static final Logger log = LoggerFactory.getLogger(HostThread.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("losses-plugins"));

  HostThread() {
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false); // No scan is waited for.
  }

  ScheduledThreadPoolExecutor executor() {
    return executor;
  }

  /** Has the thread do something; false once the host is closed. */
  boolean submit(Runnable decision) {
    try {
      executor.execute(() -> {
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

  /** Waits, not for ever, for what was submitted, and takes no more. */
  void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        log.warn("The plugin host does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
