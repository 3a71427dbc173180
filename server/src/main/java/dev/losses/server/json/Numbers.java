package dev.losses.server.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Numbers, and the strings that stand for those JSON cannot write. */
final class Numbers implements Leaves {
  private double[] values = new double[16];
  private int size;

  @Override
  public @Nullable String add(JsonParser parser, JsonToken token) {
    if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
      double value = parser.getDoubleValue();
      if (!Double.isFinite(value)) {
        return tooLarge(parser);
      }
      append(value);
      return null;
    }
    return token == JsonToken.VALUE_STRING ? addSpecial(parser) : expectedNumber(parser);
  }

  private @Nullable String addSpecial(JsonParser parser) {
    switch (parser.getString()) {
      case "NaN" -> append(Double.NaN);
      case "Infinity" -> append(Double.POSITIVE_INFINITY);
      case "-Infinity" -> append(Double.NEGATIVE_INFINITY);
      default -> {
        return expectedNumber(parser);
      }
    }
    return null;
  }

  private static String expectedNumber(JsonParser parser) {
    String hint =
        parser.currentToken() == JsonToken.VALUE_NULL ? "; write a missing value as \"NaN\"" : "";
    return "expected a number, found " + Json.describe(parser) + hint;
  }

  static String tooLarge(JsonParser parser) {
    return Json.describe(parser)
        + " is beyond the range of float64; write \"Infinity\" if that is meant";
  }

  private void append(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  double[] toArray() {
    return size == values.length ? values : Arrays.copyOf(values, size);
  }
}
