package dev.losses.server.plugins.gate;

import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stages in a row, from a jar seen in the folder to something that can be served. The first refusal ends it, and what
 * the stages before it opened is closed.
 */
final class Pipeline<I extends Identity.Known, O extends Identity.Known> {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

  private final Function<I, Verdict<O>> run;

  private Pipeline(Function<I, Verdict<O>> run) {
    this.run = run;
  }

  /** A pipeline of one stage. */
  static <I extends Identity.Known, O extends Identity.Known> Pipeline<I, O> of(
      String name, Stage<I, O> first) {
    return new Pipeline<>(input -> take(name, first, input));
  }

  /** This pipeline with one more stage. */
  <P extends Identity.Known> Pipeline<I, P> then(String name, Stage<O, P> next) {
    return new Pipeline<>(input -> run.apply(input).andThen(value -> take(name, next, value)));
  }

  Verdict<O> run(I input) {
    return run.apply(input);
  }

  private static <I extends Identity.Known, O extends Identity.Known> Verdict<O> take(
      String name, Stage<I, O> stage, I input) {
    String reason;
    try {
      return new Verdict.Admitted<>(stage.run(input));
    } catch (Stage.Refusal refusal) {
      reason = refusal.reason();
    } catch (RuntimeException | Error failure) {
      // A defect of the stage, or a machine out of memory: the jar is refused and the server goes
      // on.
      reason = Reasons.of(failure);
    }
    if (input instanceof Resource opened) {
      try {
        opened.close();
      } catch (RuntimeException | Error failure) {
        log.debug(
            "What was opened for {} cannot be closed: {}", input.identity(), Reasons.of(failure));
      }
    }
    return new Verdict.Rejected<>(new Rejection(input.identity(), List.of(), name, reason));
  }

  /** Something that a stage opened and that its owner closes. */
  interface Resource extends AutoCloseable {
    @Override
    void close();
  }
}
