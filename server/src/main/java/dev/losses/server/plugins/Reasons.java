package dev.losses.server.plugins;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
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

  /** The text with those directories, where it names them, left out. */
  static String withoutPaths(String text, Path... directories) {
    String result = text;
    for (Path directory : directories) {
      for (Path form : forms(directory)) {
        result = result.replace(form + form.getFileSystem().getSeparator(), "");
        result = result.replace(form.toString(), "");
      }
    }
    return result;
  }

  private static List<Path> forms(Path directory) {
    Path absolute = directory.toAbsolutePath();
    try {
      return List.of(absolute, absolute.normalize(), directory.toRealPath());
    } catch (IOException absent) {
      return List.of(absolute, absolute.normalize());
    }
  }

  // The message of a FileSystemException is a path of this machine, which is nobody's business.
  private static @Nullable String message(Throwable cause) {
    return cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
  }
}
