package dev.losses.api;

import dev.losses.api.internal.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How losses, inputs and parameters are named. */
public final class LossNames {
  private static final Pattern BEFORE_CAPITAL =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private LossNames() {}

  /**
   * The snake_case form of a name: lower case, with {@code _} between a lower-case letter or digit and a capital, and
   * before the last capital of an acronym that lower case follows. {@code KLDivergence} gives {@code kl_divergence}.
   */
  public static String normalize(String name) {
    return BEFORE_CAPITAL.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  /** At most three of the known names that a mistyped one may have meant, nearest first. */
  public static List<String> near(String name, Collection<String> known) {
    return Suggestions.near(name, known);
  }

  /** Whether it is a valid canonical name: snake_case, at most 64 characters. */
  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }
}
