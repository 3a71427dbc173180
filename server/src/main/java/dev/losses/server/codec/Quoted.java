package dev.losses.server.codec;

/** Shows what somebody sent in a message: in quotes, shortened, and without what could upset a terminal or a log. */
final class Quoted {
  private static final int MOST_CHARACTERS = 40;

  private Quoted() {}

  static String of(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.chars()
        .limit(MOST_CHARACTERS)
        .map(c -> (c >= ' ' && c <= '~') || Character.isLetterOrDigit(c) ? c : '?')
        .forEach(c -> quoted.append((char) c));
    return quoted.append(text.length() > MOST_CHARACTERS ? "...'" : "'").toString();
  }
}
