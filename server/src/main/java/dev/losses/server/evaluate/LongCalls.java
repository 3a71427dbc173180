package dev.losses.server.evaluate;

import dev.losses.api.LossDefinition;
import dev.losses.server.http.HttpProperties;
import dev.losses.server.http.Slots;
import dev.losses.server.plugins.IsolationProperties;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Where the built-in losses are computed that take more than their inputs' size in time, such as those that compare every
 * row with every other: on threads of their own, as many as there are cores, with a queue that ends and a deadline, so that
 * nobody else waits for them.
 */
@Component
final class LongCalls implements DisposableBean {
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Duration deadline;
  private final ThreadPoolExecutor threads;

  LongCalls(IsolationProperties evaluation, HttpProperties http) {
    this.deadline = evaluation.deadline();
    int cores = Runtime.getRuntime().availableProcessors();
    this.threads = new ThreadPoolExecutor(
        cores,
        cores,
        IDLE.toMillis(),
        TimeUnit.MILLISECONDS,
        new ArrayBlockingQueue<>(Math.max(1, http.queue())),
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
    FutureTask<T> task = new FutureTask<>(work::get);
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
    } catch (ExecutionException e) {
      throw unchecked(e);
    }
  }

  /**
   * Refuses a call that would find no place to wait, before its body is parsed for nothing.
   *
   * @throws ProblemException when too much work waits already
   */
  void refuseWhenFull() {
    if (threads.getQueue().remainingCapacity() == 0) {
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
    threads.shutdownNow();
  }
}
