package dev.losses.engine;

import java.util.List;
import java.util.stream.Collectors;

/** The caller's inputs break a rule of the loss; nothing was computed. */
public sealed class InvalidInputsException extends RuntimeException permits ClassCountException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  /** At least one violation. */
  public InvalidInputsException(List<Violation> violations) {
    super(violations.stream()
        .map(v -> v.pointer() + ": " + v.message())
        .collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** A single violation. */
  public InvalidInputsException(String pointer, String message) {
    this(List.of(new Violation(pointer, message)));
  }

  /** Everything found wrong. */
  public List<Violation> violations() {
    return violations;
  }
}
