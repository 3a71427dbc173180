package dev.losses.spi;

import java.util.OptionalInt;

/**
 * Thrown by an {@link ArrayLoss} when what its caller gave is wrong in a way that no {@link Input} declares: a matrix
 * that is not square, a label that is not one of the classes. Whatever else a loss throws is its own fault.
 */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final int position;
  private final String message;

  /**
   * An input, or a parameter that these inputs do not allow, is wrong as a whole.
   *
   * @param field the name of the input or parameter
   * @param message what is wrong and what would be right
   */
  public InvalidInputException(String field, String message) {
    this(field, -1, message);
  }

  /**
   * One value of an input is wrong.
   *
   * @param field the name of the input
   * @param position the value's position in the flat array
   * @param message what is wrong and what would be right
   */
  public InvalidInputException(String field, int position, String message) {
    super(message);
    this.field = field;
    this.position = position;
    this.message = message;
  }

  /** The name of the input or parameter. */
  public String field() {
    return field;
  }

  /** The flat position of the value that is wrong; empty where the field is wrong as a whole. */
  public OptionalInt position() {
    return position < 0 ? OptionalInt.empty() : OptionalInt.of(position);
  }

  /** What is wrong and what would be right. */
  @Override
  public String getMessage() {
    return message;
  }
}
