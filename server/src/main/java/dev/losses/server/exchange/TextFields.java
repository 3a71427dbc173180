package dev.losses.server.exchange;

import dev.losses.api.Parameter;
import dev.losses.api.ParameterSchema;
import dev.losses.server.codec.Excerpt;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fields given as text: in a form, in a query, or by a client that can send nothing else. */
public final class TextFields {
  private static final Set<String> WORDS = Set.of("reduction", "dtype", "gradient", "version");

  private static final Pattern NUMBER = Pattern.compile(
      "[-+]?(?:[0-9]+((?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)|(\\.[0-9]+(?:[eE][-+]?[0-9]+)?))");

  private TextFields() {}

  /**
   * Takes an option or a parameter of the loss by its name.
   *
   * @return false where the request has no such option and the loss no such parameter
   */
  public static boolean take(RequestDraft draft, String name, String text) {
    if (WORDS.contains(name) && (draft.expected().takesVersion() || !name.equals("version"))) {
      if (draft.begin(name)) {
        option(draft, name, text);
      }
      return true;
    }
    Optional<Parameter> parameter = parameter(draft.expected().parameters(), name);
    parameter.ifPresent(known -> draft.parameter(name, value(known, text)));
    return parameter.isPresent();
  }

  private static void option(RequestDraft draft, String name, String text) {
    switch (name) {
      case "reduction" -> word(draft, name, Words.REDUCTIONS, text).ifPresent(draft::reduction);
      case "dtype" -> word(draft, name, Words.DTYPES, text).ifPresent(draft::dtype);
      case "version" -> draft.version(text);
      default -> word(draft, name, Words.BOOLEANS, text).ifPresent(draft::gradient);
    }
  }

  private static <T> Optional<T> word(
      RequestDraft draft, String name, Words<T> words, String text) {
    Optional<T> found = words.find().apply(text);
    if (found.isEmpty()) {
      draft
          .violations()
          .add(
              RequestDraft.pointer(name),
              "expected one of " + words.all() + ", found \"" + Excerpt.beginning(text) + "\"");
    }
    return found;
  }

  private static Optional<Parameter> parameter(@Nullable ParameterSchema schema, String name) {
    return schema == null
        ? Optional.empty()
        : schema.parameters().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The value in the parameter's type; the text itself where it is none, for the parameter to be refused with. */
  public static @Nullable Object value(Parameter parameter, String text) {
    if (parameter.nullable() && text.equals("null")) {
      return null;
    }
    return switch (parameter.type()) {
      case NUMBER, INTEGER -> number(text);
      case BOOLEAN -> Words.BOOLEANS.find().apply(text).map(Object.class::cast).orElse(text);
      case STRING, ENUM -> text;
      case NUMBER_LIST, INTEGER_LIST -> list(text);
    };
  }

  private static Object list(String text) {
    String stripped = text.strip();
    boolean bracketed = stripped.startsWith("[") && stripped.endsWith("]");
    String items = bracketed ? stripped.substring(1, stripped.length() - 1) : stripped;
    if (items.isBlank()) {
      return List.of();
    }
    return Arrays.stream(items.split(",", -1)).map(item -> number(item.strip())).toList();
  }

  /** As JSON's numbers are read: a whole number as such, so that 2 will do for an integer. */
  private static Object number(String text) {
    Matcher literal = NUMBER.matcher(text);
    if (!literal.matches()) {
      return text;
    }
    double value = Double.parseDouble(text);
    boolean whole = "".equals(literal.group(1)) && Math.abs(value) < 0x1p53;
    if (whole) {
      return (long) value;
    }
    return Double.isFinite(value) ? value : text;
  }
}
