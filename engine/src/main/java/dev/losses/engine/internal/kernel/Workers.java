package dev.losses.engine.internal.kernel;

import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Threads that help with large evaluations. The caller works too, so nothing waits for a thread to be free. */
public final class Workers {
  /** How many threads compute a large evaluation, the caller's included; by default one for each core. */
  public static final String THREADS = "losses.threads";

  private static final Workers SHARED =
      new Workers(Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors()));
  private static final int SECONDS_IDLE = 10;

  private final int helpers;
  private final @Nullable ThreadPoolExecutor threads;

  /** Workers of so many threads, the caller's included. */
  public Workers(int threads) {
    this.helpers = Math.max(0, threads - 1);
    this.threads = helpers == 0 ? null : pool(helpers);
  }

  /** Those that all evaluations share. */
  public static Workers shared() {
    return SHARED;
  }

  /** How many threads they are, the caller's included. */
  public int threads() {
    return helpers + 1;
  }

  /** Runs the same work on the caller's thread and on as many others as are free and of use; returns when all ended. */
  public void run(int useful, Runnable work) {
    if (threads == null || useful <= 1) {
      work.run();
      return;
    }
    Job job = new Job(work);
    try {
      for (int i = 0; i < Math.min(helpers, useful - 1); i++) {
        threads.execute(job::help);
      }
    } finally {
      // Even where no thread can be had: one that was had already writes to the caller's arrays.
      job.lead();
    }
  }

  private static final class Job {
    private @Nullable Runnable work;
    private boolean over;
    private int helping;
    private @Nullable Throwable failure;

    Job(Runnable work) {
      this.work = work;
    }

    void help() {
      Runnable mine;
      synchronized (this) {
        mine = work;
        if (over || mine == null) {
          return;
        }
        helping++;
      }
      try {
        mine.run();
      } catch (RuntimeException | Error e) {
        synchronized (this) {
          failure = e;
        }
      } finally {
        synchronized (this) {
          helping--;
          notifyAll();
        }
      }
    }

    void lead() {
      try {
        Objects.requireNonNull(work).run();
      } finally {
        awaitHelpers();
      }
      synchronized (this) {
        if (failure instanceof Error error) {
          throw error;
        } else if (failure instanceof RuntimeException exception) {
          throw exception;
        }
      }
    }

    /** They write to the caller's arrays, so not even an interrupt may end the wait. */
    private synchronized void awaitHelpers() {
      over = true;
      // The job may wait in the queue for long, and must not hold the caller's arrays meanwhile.
      work = null;
      boolean interrupted = false;
      while (helping > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static ThreadPoolExecutor pool(int size) {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        size, size, SECONDS_IDLE, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Workers::thread);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Without the caller's thread locals and class loader, which could then never be unloaded. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "losses-worker", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Workers.class.getClassLoader());
    return thread;
  }
}
