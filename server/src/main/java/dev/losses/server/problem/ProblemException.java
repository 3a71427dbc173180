package dev.losses.server.problem;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** The request ends with this problem. */
  public ProblemException(Problem problem) {
    // Without a stack trace: a caller's mistake is no event for the log, and callers can make many.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }
}
