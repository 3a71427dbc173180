package dev.losses.server.exchange;

import dev.losses.engine.Violation;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a request; whoever has too much wrong is not read to the end. */
public final class Violations {
  private final List<Violation> found = new ArrayList<>();

  /**
   * Notes that something is wrong.
   *
   * @throws Enough when nothing more need be read
   */
  public void add(Violation violation) {
    found.add(violation);
    if (found.size() == EvaluationRequest.MOST_VIOLATIONS) {
      throw new Enough();
    }
  }

  /**
   * Notes that something is wrong at a JSON pointer.
   *
   * @throws Enough when nothing more need be read
   */
  public void add(String pointer, String message) {
    add(new Violation(pointer, message));
  }

  /** How many things are wrong so far. */
  public int count() {
    return found.size();
  }

  List<Violation> toList() {
    return List.copyOf(found);
  }

  /** Ends the reading of a request. */
  public static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Enough() {
      super(null, null, false, false);
    }
  }
}
