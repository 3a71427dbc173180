package dev.losses.server.plugins.gate;

import dev.losses.server.plugins.gate.Pipeline.Resource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a stage, which may call a plugin's code, on a thread of its own, which is given up when it takes too long. No thread
 * that lives on has met the plugin, so none keeps its code in memory.
 */
final class Deadline {
  private final Duration deadline;

  Deadline(Duration deadline) {
    this.deadline = deadline;
  }

  <I extends Identity.Known, O> Stage<I, O> on(Stage<I, O> stage) {
    return input -> run(stage, input);
  }

  private <I extends Identity.Known, O> O run(Stage<I, O> stage, I input) throws Stage.Refusal {
    CompletableFuture<O> answer = new CompletableFuture<>();
    Thread thread = DaemonThreads.start(
        "losses-plugin-" + input.identity().file(), () -> complete(answer, stage, input));
    try {
      return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.completeExceptionally(
          new Stage.Refusal("It took longer than " + deadline.toMillis() + " ms"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.completeExceptionally(new Stage.Refusal("The server is stopping"));
    } catch (ExecutionException e) {
      throw refusal(e.getCause());
    }
    thread.interrupt();
    return whateverCameFirst(answer);
  }

  // The answer may have come in the very moment in which it was given up.
  private static <O> O whateverCameFirst(CompletableFuture<O> answer) throws Stage.Refusal {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw refusal(e.getCause());
    }
  }

  private static Stage.Refusal refusal(@Nullable Throwable cause) {
    return cause instanceof Stage.Refusal refusal
        ? refusal
        : new Stage.Refusal(String.valueOf(cause));
  }

  private static <I, O> void complete(CompletableFuture<O> answer, Stage<I, O> stage, I input) {
    try {
      O output = stage.run(input);
      if (!answer.complete(output) && output instanceof Resource tooLate) {
        tooLate.close();
      }
    } catch (Stage.Refusal refusal) {
      answer.completeExceptionally(refusal);
    } catch (Throwable failure) {
      // Its text alone leaves this thread.
      answer.completeExceptionally(new Stage.Refusal(Reasons.of(failure)));
    }
  }
}
