package dev.losses.server.codec;

/** What somebody sent, as a message shows it: not at any length, and without what could upset a terminal or a log. */
public final class Excerpt {
  private static final int MOST_CHARACTERS = 40;

  private Excerpt() {}

  /** In quotes. */
  static String of(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.chars()
        .limit(MOST_CHARACTERS)
        .map(c -> isHarmless(c) ? c : '\uFFFD')
        .forEach(c -> quoted.append((char) c));
    return quoted.append(text.length() > MOST_CHARACTERS ? "...'" : "'").toString();
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  /** Its beginning, for a message that is written as JSON and so needs nothing replaced. */
  public static String beginning(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
  }
}
