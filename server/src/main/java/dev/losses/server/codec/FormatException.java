package dev.losses.server.codec;

import java.util.Objects;

/** Bytes that are not what their format says; the message tells what is wrong, and is for whoever sent them. */
public class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public FormatException(String message) {
    // Without a stack trace: a sender's mistake is no event for the log, and senders can make many.
    super(message, null, false, false);
  }

  @Override
  public final String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
