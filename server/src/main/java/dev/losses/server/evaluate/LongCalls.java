package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.server.http.HttpProperties;
import dev.losses.server.http.Slots;
import dev.losses.server.plugins.IsolationProperties;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Where the built-in losses are computed that take more than their inputs' size in time, such as those that compare every
 * row with every other: on threads of their own, as many as there are cores, with a queue that ends and a deadline, so that
 * nobody else waits for them.
 */
@Component
final class LongCalls implements DisposableBean {
  private static final Duration IDLE = Duration.ofSeconds(10);
  /**
   * So many for each core may wait unless their deadline would pass meanwhile, more only if they need not wait for long: many
   * calls of a millisecond are a burst that is over at once, as many of a second are not.
   */
  private static final int WELCOME_PER_CORE = 16;

  private static final Duration TARGET_WAIT = Duration.ofMillis(250);

  private static final int CALLS_REMEMBERED = 8;

  private final Duration deadline;
  private final LongSupplier nanoTime;
  private final ThreadPoolExecutor threads;
  private volatile Estimate usualTime = Estimate.NONE;

  @Autowired
  LongCalls(IsolationProperties evaluation, HttpProperties http) {
    this(evaluation.deadline(), http.queue(), System::nanoTime);
  }

  /** With a clock by which calls are timed. */
  LongCalls(Duration deadline, int queue, LongSupplier nanoTime) {
    this.deadline = deadline;
    this.nanoTime = nanoTime;
    int cores = Runtime.getRuntime().availableProcessors();
    this.threads = new ThreadPoolExecutor(
        cores,
        cores,
        IDLE.toMillis(),
        TimeUnit.MILLISECONDS,
        new LinkedBlockingQueue<>(Math.max(1, queue)),
        task -> {
          Thread thread = new Thread(task, "losses-long-calls");
          thread.setDaemon(true);
          return thread;
        });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Does the work of that loss.
   *
   * @throws ProblemException when too much of it waits already, or it takes too long
   */
  <T> T run(LossDefinition loss, Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(() -> timed(work));
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw Slots.busy();
    }
    try {
      return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      giveUp(task);
      throw overrun(loss);
    } catch (InterruptedException e) {
      giveUp(task);
      Thread.currentThread().interrupt();
      throw Slots.busy();
    } catch (CancellationException e) {
      // The server ends.
      throw Slots.busy();
    } catch (ExecutionException e) {
      throw unchecked(e);
    }
  }

  /** Whether whoever comes now would find no place to wait, or wait for too long. */
  boolean isQueueFull() {
    int waiting = threads.getQueue().size();
    int cores = threads.getCorePoolSize();
    long usual = usualTime.at(nanoTime.getAsLong(), deadline);
    long wait = usual * waiting / cores;
    boolean tooLong = waiting < WELCOME_PER_CORE * cores
        ? wait + usual > deadline.toNanos()
        : wait > TARGET_WAIT.toNanos();
    return tooLong || threads.getQueue().remainingCapacity() == 0;
  }

  /**
   * Refuses a call that has not begun.
   *
   * @throws ProblemException when the queue is full
   */
  void refuseIfFull() {
    if (isQueueFull()) {
      throw Slots.busy();
    }
  }

  /** Until when a request that begins now may begin calls that take long, in the time of {@link System#nanoTime()}. */
  long end() {
    return System.nanoTime() + deadline.toNanos();
  }

  /**
   * Refuses to begin another call of that loss.
   *
   * @throws ProblemException when it is later than that
   */
  void refuseAfter(long end, LossDefinition loss) {
    if (System.nanoTime() - end > 0) {
      throw overrun(loss);
    }
  }

  private <T> T timed(Supplier<T> work) {
    long start = nanoTime.getAsLong();
    boolean answered = false;
    try {
      T answer = work.get();
      answered = true;
      return answer;
    } finally {
      count(start, answered);
    }
  }

  private synchronized void count(long start, boolean answered) {
    long now = nanoTime.getAsLong();
    usualTime = usualTime.with(now - start, answered, now, deadline);
  }

  /**
   * What a call takes, whatever its loss: a mean in which the last ones weigh most.
   *
   * @param nanos 0 before the first
   * @param since when the last one ended
   */
  private record Estimate(long nanos, long since) {
    static final Estimate NONE = new Estimate(0, 0);

    /** 0 where all calls are so long ago that they say nothing of the next. */
    long at(long now, Duration deadline) {
      return now - since > deadline.toNanos() ? 0 : nanos;
    }

    /**
     * Calls that fail do so early as a rule, and say nothing of the others, unless they were given up after long. None counts
     * for more than the deadline, so that one may wait whatever they took.
     */
    Estimate with(long time, boolean answered, long now, Duration deadline) {
      long took = Math.min(time, deadline.toNanos());
      long usual = at(now, deadline);
      if (!answered && took <= usual) {
        return this;
      }
      return new Estimate(usual == 0 ? took : usual + (took - usual) / CALLS_REMEMBERED, now);
    }
  }

  private ProblemException overrun(LossDefinition loss) {
    return new ProblemException(Problem.of(
        ProblemType.EVALUATION_DEADLINE,
        "The loss '" + loss.name() + "' did not answer within " + deadline.toMillis() / 1000.0
            + " s; send less at once, or have losses.evaluation.deadline set higher."));
  }

  private void giveUp(Future<?> task) {
    task.cancel(true);
    threads.remove((Runnable) task);
  }

  private static RuntimeException unchecked(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  @Override
  public void destroy() {
    for (Runnable waiting : threads.shutdownNow()) {
      ((Future<?>) waiting).cancel(false);
    }
  }
}
