package dev.losses.server.plugins;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Turns failures into text. */
final class Reasons {
  private static final int LONGEST = 500;

  private Reasons() {}

  /** What went wrong, in one line. Trusts nothing: the failure may be of a plugin's own class. */
  static String of(Throwable failure) {
    Throwable cause = failure instanceof InvocationTargetException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    String text = cause.getClass().getName();
    try {
      String message = message(cause);
      if (message != null && !message.isBlank()) {
        text += ": " + message.replaceAll("\\s+", " ");
      }
      if (cause instanceof ExceptionInInitializerError && cause.getCause() != null) {
        text += " caused by " + of(cause.getCause());
      }
    } catch (Throwable unreadable) {
      text += " (its message cannot be read)";
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  // The message of a FileSystemException is a path of this machine, which is nobody's business.
  private static @Nullable String message(Throwable cause) {
    return cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
  }
}
