package dev.losses.api.internal;

import dev.losses.api.Parameter;
import dev.losses.engine.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a value from outside as what a parameter holds, or says what is wrong with it and what would be right. */
final class ValueReader {
  private static final int SHOWN = 40;

  private final Parameter parameter;
  private final List<Violation> violations;

  ValueReader(Parameter parameter, List<Violation> violations) {
    this.parameter = parameter;
    this.violations = violations;
  }

  /** A parameter's place in a request, as a JSON Pointer. */
  static String pointer(String name) {
    return "/parameters/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** The value as a Double, Integer, Boolean, String or immutable list; null also when it is in violation. */
  @Nullable
  Object read(@Nullable Object value) {
    String pointer = pointer(parameter.name());
    if (value == null) {
      return parameter.nullable() ? null : wrong(pointer, "must be " + wanted(), null);
    }
    return switch (parameter.type()) {
      case NUMBER -> number(pointer, value, wanted());
      case INTEGER -> integer(pointer, value, wanted());
      case BOOLEAN ->
        value instanceof Boolean ? value : wrong(pointer, "must be true or false", value);
      case STRING -> value instanceof String ? value : wrong(pointer, "must be a string", value);
      case ENUM ->
        value instanceof String word && parameter.options().contains(word)
            ? word
            : wrong(pointer, "must be " + wanted(), value);
      case NUMBER_LIST, INTEGER_LIST -> list(pointer, value);
    };
  }

  private @Nullable Object list(String pointer, Object value) {
    if (!(value instanceof List<?> items)) {
      Object single = item(pointer, value, wanted());
      return single == null ? null : List.of(single);
    }
    if (items.isEmpty()) {
      return wrong(pointer, "must have at least one item", items);
    }
    List<Object> read = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Object item = item(pointer + "/" + i, items.get(i), itemWanted());
      if (item != null) {
        read.add(item);
      }
    }
    return read.size() == items.size() ? List.copyOf(read) : null;
  }

  private @Nullable Object item(String pointer, @Nullable Object value, String wanted) {
    return parameter.type() == Parameter.Type.NUMBER_LIST
        ? number(pointer, value, wanted)
        : integer(pointer, value, wanted);
  }

  private @Nullable Object number(String pointer, @Nullable Object value, String wanted) {
    if (!(value instanceof Number number)) {
      return wrong(pointer, "must be " + wanted, value);
    }
    double read = number.doubleValue();
    return Double.isFinite(read)
        ? inRange(pointer, read, value)
        : wrong(pointer, "must be a finite number", value);
  }

  private @Nullable Object integer(String pointer, @Nullable Object value, String wanted) {
    if (!(value instanceof Number number)) {
      return wrong(pointer, "must be " + wanted, value);
    }
    if (!Double.isFinite(number.doubleValue())) {
      return wrong(pointer, "must be a finite number", value);
    }
    try {
      return inRange(pointer, new BigDecimal(number.toString()).intValueExact(), value);
    } catch (ArithmeticException e) {
      return wrong(pointer, "must be a whole number of at most 32 bits", value);
    }
  }

  private <T extends Number> @Nullable T inRange(String pointer, T read, Object value) {
    if (parameter.range().contains(read.doubleValue())) {
      return read;
    }
    wrong(pointer, "must be " + parameter.range(), value);
    return null;
  }

  private String wanted() {
    return switch (parameter.type()) {
      case NUMBER -> "a number";
      case INTEGER -> "a whole number";
      case BOOLEAN -> "true or false";
      case STRING -> "a string";
      case ENUM -> "one of " + String.join(", ", parameter.options());
      case NUMBER_LIST, INTEGER_LIST -> itemWanted() + " or a list of them";
    };
  }

  private String itemWanted() {
    return parameter.type() == Parameter.Type.INTEGER_LIST ? "a whole number" : "a number";
  }

  private @Nullable Object wrong(String pointer, String rule, @Nullable Object value) {
    violations.add(new Violation(pointer, rule + ", got " + shown(value)));
    return null;
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return "a list of " + list.size();
    }
    if (value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value == null) {
      String text = String.valueOf(value);
      String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
      return value instanceof String ? "'" + cut + "'" : cut;
    }
    return "an object";
  }
}
