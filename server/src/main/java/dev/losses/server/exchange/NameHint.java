package dev.losses.server.exchange;

import dev.losses.api.LossNames;
import java.util.Collection;

/** What to say to a name that nobody knows. */
public final class NameHint {
  private NameHint() {}

  /**
   * Which of the known names may have been meant, to be said after what is wrong.
   *
   * @param what the known names are: {@code fields}
   */
  public static String of(String name, Collection<String> known, String what) {
    return LossNames.near(name, known).stream()
        .findFirst()
        .map(near -> "; did you mean " + near + "?")
        .orElseGet(() -> "; the " + what + " are " + String.join(", ", known));
  }
}
