package dev.losses.server.json;

import dev.losses.server.exchange.Pointers;
import dev.losses.server.exchange.Violations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the parameters of the losses in one request; what is wrong with one is noted and the parameter left out. */
public final class ParametersReader {
  private static final int MOST_PARAMETERS = 256;
  /** In all lists of a request together: such a value takes far more memory than an element of an input. */
  private static final int MOST_VALUES = 65_536;

  private final JsonParser parser;
  private final Violations violations;
  private int listValues;

  /** Reads from the parser. */
  public ParametersReader(JsonParser parser, Violations violations) {
    this.parser = parser;
    this.violations = violations;
  }

  /** The parameters at the parser's current token. */
  public Map<String, @Nullable Object> read(String pointer) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return values;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      violations.add(pointer, "expected an object, found " + Json.describe(parser));
      parser.skipChildren();
      return values;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_OBJECT; i++) {
      if (i == MOST_PARAMETERS) {
        violations.add(pointer, "more than " + MOST_PARAMETERS + " parameters");
        Json.skipRest(parser);
        return values;
      }
      String name = parser.currentName();
      parser.nextToken();
      readParameter(name, pointer + "/" + Pointers.escape(name), values);
    }
    return values;
  }

  private void readParameter(String name, String pointer, Map<String, @Nullable Object> values) {
    if (values.containsKey(name)) {
      violations.add(pointer, "given twice");
      parser.skipChildren();
      return;
    }
    int before = violations.count();
    Object value = parser.currentToken() == JsonToken.START_ARRAY ? list(pointer) : scalar(pointer);
    if (violations.count() == before) {
      values.put(name, value);
    }
  }

  private List<@Nullable Object> list(String pointer) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (listValues == MOST_VALUES) {
        violations.add(
            pointer, "more than " + MOST_VALUES + " values in the lists of all parameters");
        Json.skipRest(parser);
        return values;
      }
      listValues++;
      values.add(scalar(pointer + "/" + i));
    }
    return values;
  }

  private @Nullable Object scalar(String pointer) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(pointer);
      default -> {
        violations.add(pointer, "expected a single value, found " + Json.describe(parser));
        parser.skipChildren();
        yield null;
      }
    };
  }

  private Number number(String pointer) {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      violations.add(pointer, NumberTokens.tooLarge(parser));
    }
    boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT && Math.abs(value) < 0x1p53;
    if (whole) {
      return (long) value;
    }
    return value;
  }
}
