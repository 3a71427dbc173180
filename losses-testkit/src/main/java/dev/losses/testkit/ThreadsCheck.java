package dev.losses.testkit;

import dev.losses.engine.LossResult;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that evaluate at once, each on inputs of its own, get what each would get alone. */
final class ThreadsCheck {
  private static final int THREADS = 8;
  private static final int EVALUATIONS = 100;

  private ThreadsCheck() {}

  static void check(Subject subject) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<?>> outcomes = new ArrayList<>();
      for (int seed = 1; seed <= THREADS; seed++) {
        Map<String, Tensor> inputs = subject.draw(seed);
        LossResult alone = subject.unreduced(inputs);
        outcomes.add(threads.submit(() -> {
          start.await();
          for (int i = 0; i < EVALUATIONS; i++) {
            compare(subject, inputs, alone, subject.unreduced(inputs));
          }
          return null;
        }));
      }
      for (Future<?> outcome : outcomes) {
        await(outcome);
      }
    } finally {
      end(threads);
    }
  }

  /** Waits for every thread: one that goes on would disturb the next check of a loss that is not thread-safe. */
  private static void end(ExecutorService threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static void compare(
      Subject subject, Map<String, Tensor> inputs, LossResult alone, LossResult together) {
    compare(subject, "losses", inputs, alone.losses(), together.losses());
    alone
        .gradients()
        .forEach((name, gradient) ->
            compare(subject, "gradient of " + name, inputs, gradient, together.gradient(name)));
  }

  private static void compare(
      Subject subject, String what, Map<String, Tensor> inputs, Tensor alone, Tensor together) {
    if (!Tensors.sameBits(alone, together)) {
      throw subject
          .failure(
              "it is not thread-safe; its " + what + " changed while other threads evaluated it")
          .on(inputs)
          .expected(alone)
          .got(together)
          .advice(
              "Keep what is computed in local variables: no static or cached array, nothing shared between calls.");
    }
  }

  private static void await(Future<?> outcome) {
    try {
      outcome.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
