package dev.losses.server.json;

import dev.losses.engine.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Parameters and other small things as maps, lists, strings, booleans and numbers. */
final class PlainValues {
  private PlainValues() {}

  /** The parameters at the parser's current token; what is wrong with one is noted and the parameter left out. */
  static Map<String, @Nullable Object> readParameters(
      JsonParser parser, String pointer, List<Violation> violations) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return values;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      violations.add(new Violation(pointer, "expected an object, found " + Json.describe(parser)));
      parser.skipChildren();
      return values;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String position = pointer + "/" + Pointers.escape(name);
      parser.nextToken();
      if (values.containsKey(name)) {
        violations.add(new Violation(position, "given twice"));
        parser.skipChildren();
      } else {
        List<Violation> wrong = new ArrayList<>();
        Object value = parser.currentToken() == JsonToken.START_ARRAY
            ? list(parser, position, wrong)
            : scalar(parser, position, wrong);
        violations.addAll(wrong);
        if (wrong.isEmpty()) {
          values.put(name, value);
        }
      }
    }
    return values;
  }

  private static List<@Nullable Object> list(
      JsonParser parser, String pointer, List<Violation> violations) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      Object value = scalar(parser, pointer + "/" + i, violations);
      if (violations.isEmpty()) {
        values.add(value);
      }
    }
    return values;
  }

  private static @Nullable Object scalar(
      JsonParser parser, String pointer, List<Violation> violations) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, pointer, violations);
      default -> {
        violations.add(
            new Violation(pointer, "expected a single value, found " + Json.describe(parser)));
        parser.skipChildren();
        yield null;
      }
    };
  }

  private static Number number(JsonParser parser, String pointer, List<Violation> violations) {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      violations.add(new Violation(pointer, Numbers.tooLarge(parser)));
    }
    boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT && Math.abs(value) < 0x1p53;
    if (whole) {
      return (long) value;
    }
    return value;
  }

  /** Writes a value made of maps, lists, strings, booleans and numbers. */
  static void write(JsonGenerator json, @Nullable Object value) {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Float number) {
      json.writeNumber(number.floatValue());
    } else if (value instanceof Double number) {
      json.writeNumber(number.doubleValue());
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      map.forEach((name, each) -> {
        json.writeName(String.valueOf(name));
        write(json, each);
      });
      json.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      list.forEach(each -> write(json, each));
      json.writeEndArray();
    } else {
      json.writeString(value.toString());
    }
  }
}
