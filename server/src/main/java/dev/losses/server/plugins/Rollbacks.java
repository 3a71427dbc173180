package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.Gate;
import dev.losses.server.plugins.gate.LoadedPlugin;
import dev.losses.server.plugins.gate.StoredJar;
import dev.losses.server.plugins.gate.Verdict;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;

/** Goes back to bytes that served before: they pass the gate once more, and stay kept until they serve. */
final class Rollbacks {
  private final HostThread thread;
  private final Roster roster;
  private final Gate gate;
  private final Examinations examinations;
  private final IsolationProperties isolation;

  Rollbacks(
      HostThread thread,
      Roster roster,
      Gate gate,
      Examinations examinations,
      IsolationProperties isolation) {
    this.thread = thread;
    this.roster = roster;
    this.gate = gate;
    this.examinations = examinations;
    this.isolation = isolation;
  }

  /** Fails with a {@link ProblemException} when there is no such plugin, or nothing to go back to. */
  CompletableFuture<Void> rollBack(String id) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (!thread.submit(() -> {
      try {
        begin(id, done);
      } catch (RuntimeException | Error e) {
        done.completeExceptionally(e);
        throw e;
      }
    })) {
      done.cancel(false);
    }
    return done;
  }

  private void begin(String id, CompletableFuture<Void> done) {
    List<Slot> serving = roster.serving(id);
    if (serving.isEmpty()) {
      String detail = "No plugin '" + id + "' is active; GET /v1/plugins lists them.";
      done.completeExceptionally(new ProblemException(Problem.of(HttpStatus.NOT_FOUND, detail)));
      return;
    }
    if (serving.size() > 1) {
      refuse(done, "Several files have the plugin id '" + id + "'; keep one of them.");
      return;
    }
    Slot slot = serving.get(0);
    Slot.Active replaced = slot.active;
    StoredJar kept = slot.kept.peekFirst();
    if (kept == null || replaced == null) {
      refuse(done, "No earlier version of the plugin '" + id + "' is kept.");
    } else if (slot.attempt != null) {
      refuse(done, "Another version of '" + id + "' is in the gate; try again when it is through.");
    } else {
      StoredJar copy = gate.keep(kept);
      examinations.atOnce(
          () -> gate.examine(copy), verdict -> end(slot, replaced, kept, verdict, done), done);
    }
  }

  private void end(
      Slot slot,
      Slot.Active replaced,
      StoredJar kept,
      Verdict<LoadedPlugin> verdict,
      CompletableFuture<Void> done) {
    if (verdict instanceof Verdict.Rejected<LoadedPlugin> rejected) {
      refuse(
          done,
          "The earlier version is refused: "
              + gate.withoutPaths(rejected.rejection()).reason());
    } else if (!replaced.equals(slot.active) || slot.attempt != null) {
      Examinations.discard(verdict);
      refuse(done, "The jar in the folder has changed meanwhile; nothing was rolled back.");
    } else if (verdict instanceof Verdict.Admitted<LoadedPlugin> admitted) {
      Optional<String> clash =
          roster.rollBack(slot, replaced, new ServingPlugin(admitted.value(), isolation));
      if (clash.isPresent()) {
        refuse(done, clash.get());
      } else {
        slot.kept.remove(kept);
        kept.close();
      }
    }
  }

  private static void refuse(CompletableFuture<Void> done, String detail) {
    done.completeExceptionally(new ProblemException(Problem.of(HttpStatus.CONFLICT, detail)));
  }
}
