package dev.losses.server.codec;

/** Bytes that may well be what their format says, but are more than the reader was told to read. */
public final class TooLargeException extends FormatException {
  private static final long serialVersionUID = 1L;

  /** What is too large. */
  public TooLargeException(String message) {
    super(message);
  }
}
