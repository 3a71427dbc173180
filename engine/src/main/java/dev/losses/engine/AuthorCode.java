package dev.losses.engine;

import java.util.function.Supplier;

/** Calls into code of a loss's author, which may throw anything. */
final class AuthorCode {
  private AuthorCode() {}

  /** The call's result; what it throws becomes a {@link LossFunctionException} with its text only. */
  static <T> T call(Supplier<T> code) {
    try {
      return code.get();
    } catch (InvalidInputsException | LossFunctionException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      throw new LossFunctionException(text(e));
    }
  }

  private static String text(Throwable thrown) {
    String type = thrown.getClass().getSimpleName();
    try {
      String message = thrown.getMessage();
      return message == null ? type : message + " (" + type + ")";
    } catch (RuntimeException | StackOverflowError e) {
      return type + ", whose message cannot be read";
    }
  }
}
