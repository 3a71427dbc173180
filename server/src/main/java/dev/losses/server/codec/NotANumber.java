package dev.losses.server.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells of a field that is no number what to write instead, where that can be told. */
final class NotANumber {
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "<na>", "nat", "null", "none");
  private static final Set<String> TRUTHS = Set.of("true", "false");
  private static final Pattern BEGINS_AS_NUMBER = Pattern.compile("[+\u2212-]?\\.?[0-9]");
  private static final Pattern SEPARATORS = Pattern.compile("[;|\\s]+");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private NotANumber() {}

  /** Whether it cannot have been meant as a value, and so is the name of a column. */
  static boolean isName(String text) {
    return fix(text).isEmpty()
        && text.chars().anyMatch(Character::isLetter)
        && !BEGINS_AS_NUMBER.matcher(text).lookingAt();
  }

  static String describe(String text) {
    return "expected a number, found " + (text.isEmpty() ? "nothing" : Excerpt.of(text))
        + fix(text);
  }

  private static String fix(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (MISSING.contains(word)) {
      return "; write NaN for a missing value";
    }
    if (TRUTHS.contains(word)) {
      return "; write 1 for true and 0 for false";
    }
    if (isNumbers(text, SEPARATORS)) {
      return "; separate numbers with commas (in numpy.savetxt with delimiter=\",\") and end lines with LF or CRLF";
    }
    if (isNumbers(text, COMMA)) {
      return "; write the decimal point as a point, and thousands without commas";
    }
    return CONTROL.matcher(text).find() ? "; write the file in UTF-8, as plain text" : "";
  }

  private static boolean isNumbers(String text, Pattern separators) {
    DecimalParser decimals = new DecimalParser();
    for (String token : separators.split(text, -1)) {
      byte[] bytes = token.getBytes(UTF_8);
      if (bytes.length > 0 && !decimals.parse(bytes, 0, bytes.length)) {
        return false;
      }
    }
    return true;
  }
}
