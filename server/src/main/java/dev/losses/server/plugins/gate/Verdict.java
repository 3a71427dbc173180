package dev.losses.server.plugins.gate;

import java.util.function.Function;

/** What became of a jar. */
public sealed interface Verdict<O> {

  /** The verdict of what comes next, where nothing has been refused so far. */
  <P> Verdict<P> andThen(Function<O, Verdict<P>> next);

  /** It passed. */
  record Admitted<O>(O value) implements Verdict<O> {
    @Override
    public <P> Verdict<P> andThen(Function<O, Verdict<P>> next) {
      return next.apply(value);
    }
  }

  /** It was refused. */
  record Rejected<O>(Rejection rejection) implements Verdict<O> {
    @Override
    public <P> Verdict<P> andThen(Function<O, Verdict<P>> next) {
      return new Rejected<>(rejection);
    }
  }
}
