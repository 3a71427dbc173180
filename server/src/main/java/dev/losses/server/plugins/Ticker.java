package dev.losses.server.plugins;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Repeats a task with a pause between, or soon after it is woken. */
final class Ticker {
  /** Events come in swarms. */
  private static final Duration SWARM = Duration.ofMillis(50);

  private final ScheduledExecutorService thread;
  private final Runnable task;
  private final long pauseNanos;
  private @Nullable ScheduledFuture<?> next;

  Ticker(ScheduledExecutorService thread, Duration pause, Runnable task) {
    this.thread = thread;
    this.task = task;
    this.pauseNanos = pause.toNanos();
  }

  /** Lets the task run soon. */
  void wake() {
    schedule(Math.min(SWARM.toNanos(), pauseNanos));
  }

  /** Lets the task run after the pause, and again and again. */
  void start() {
    schedule(pauseNanos);
  }

  private void run() {
    synchronized (this) {
      next = null;
    }
    try {
      task.run();
    } finally {
      start();
    }
  }

  private synchronized void schedule(long nanos) {
    if (next != null && next.getDelay(TimeUnit.NANOSECONDS) <= nanos) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    try {
      next = thread.schedule(this::run, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopping) {
      next = null;
    }
  }
}
