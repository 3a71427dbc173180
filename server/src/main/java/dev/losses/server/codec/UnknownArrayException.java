package dev.losses.server.codec;

/** A file has an array that may not be there. */
public final class UnknownArrayException extends FormatException {
  private static final long serialVersionUID = 1L;

  private final String array;

  UnknownArrayException(String array, String message) {
    super(message);
    this.array = array;
  }

  /** The array's name. */
  public String array() {
    return array;
  }
}
