package dev.losses.server.plugins.gate;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns failures into text. */
public final class Reasons {
  private static final int LONGEST = 500;

  /** White space, and characters that do not show or that change how others do. */
  private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Cntrl}\\p{Cf}]+");

  private Reasons() {}

  /** What went wrong, in one line. Trusts nothing: the failure may be of a plugin's own class. */
  public static String of(Throwable failure) {
    Throwable cause = failure instanceof InvocationTargetException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    String text = cause.getClass().getName();
    try {
      String message = message(cause);
      if (message != null && !message.isBlank()) {
        text += ": " + message;
      }
      if (cause instanceof ExceptionInInitializerError && cause.getCause() != null) {
        text += " caused by " + of(cause.getCause());
      }
    } catch (Throwable unreadable) {
      text += " (its message cannot be read)";
    }
    return line(text);
  }

  /** The text in one line, and not more of it than people read: parts of it may come from a jar. */
  public static String line(String text) {
    String start = text.substring(0, Math.min(text.length(), LONGEST + 1));
    String line = UNSEEN.matcher(start).replaceAll(" ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  /** The text with those directories, where it names them, left out. */
  public static String withoutPaths(String text, Path... directories) {
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
