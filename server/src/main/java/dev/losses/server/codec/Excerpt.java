package dev.losses.server.codec;

/** What a sender wrote, as a message shows it: in quotes, and not at any length. */
final class Excerpt {
  private static final int LENGTH = 40;

  private Excerpt() {}

  static String of(String text) {
    boolean whole = text.length() <= LENGTH;
    StringBuilder shown = new StringBuilder("'");
    for (char c : (whole ? text : text.substring(0, LENGTH)).toCharArray()) {
      shown.append(Character.isISOControl(c) ? '\uFFFD' : c);
    }
    return shown.append(whole ? "'" : "…'").toString();
  }
}
