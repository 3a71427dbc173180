package dev.losses.server.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a parser looks at, as a number: one, or a string that stands for one that JSON cannot write. */
final class NumberTokens {
  private NumberTokens() {}

  /** The number at the parser's current token; one that is not finite may be none, as {@link #wrong} tells. */
  static double value(JsonParser parser, JsonToken token) {
    if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getDoubleValue();
    }
    return token == JsonToken.VALUE_STRING ? special(parser.getString()) : Double.NaN;
  }

  /** What is wrong with a number that is not finite; null where the sender wrote just that. */
  static @Nullable String wrong(JsonParser parser, JsonToken token) {
    if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
      return tooLarge(parser);
    }
    boolean special = token == JsonToken.VALUE_STRING
        && (parser.getString().equals("NaN") || Double.isInfinite(special(parser.getString())));
    if (special) {
      return null;
    }
    String hint = token == JsonToken.VALUE_NULL ? "; write a missing value as \"NaN\"" : "";
    return "expected a number, found " + Json.describe(parser) + hint;
  }

  static String tooLarge(JsonParser parser) {
    return Json.describe(parser)
        + " is beyond the range of float64; write \"Infinity\" if that is meant";
  }

  private static double special(String text) {
    return switch (text) {
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }
}
