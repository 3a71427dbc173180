package dev.losses.server.rows;

import dev.losses.engine.Violation;

/** A row, or all of them, is not what the loss takes. */
public final class RowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Violation violation;

  /** What is wrong, where the pointer has the number of the row in the stream behind the name of the field. */
  public RowException(String pointer, String message) {
    // Without a stack trace: a sender's mistake is no event for the log, and senders can make many.
    super(message, null, false, false);
    this.violation = new Violation(pointer, message);
  }

  /** What is wrong, and where. */
  public Violation violation() {
    return violation;
  }
}
