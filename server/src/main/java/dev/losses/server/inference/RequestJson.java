package dev.losses.server.inference;

import dev.losses.server.exchange.NameHint;
import dev.losses.server.exchange.Pointers;
import dev.losses.server.exchange.Violations;
import dev.losses.server.json.Json;
import dev.losses.server.json.ParametersReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The JSON of a request while it is read, and what is found wrong with it. */
final class RequestJson {
  private final JsonParser parser;
  private final Violations violations;
  private final ParametersReader parametersReader;

  RequestJson(JsonParser parser, Violations violations) {
    this.parser = parser;
    this.violations = violations;
    this.parametersReader = new ParametersReader(parser, violations);
  }

  JsonParser parser() {
    return parser;
  }

  Violations violations() {
    return violations;
  }

  /** The parser's current token, for the rest of a value. */
  boolean at(JsonToken token) {
    return parser.currentToken() == token;
  }

  /**
   * Goes through the fields of the object at the parser; a null is as good as none.
   *
   * @param take gets the name and the pointer of each known field, the parser being at its value
   */
  void fields(String pointer, List<String> known, BiConsumer<String, String> take) {
    if (!at(JsonToken.START_OBJECT)) {
      refuse(pointer, "expected an object with " + String.join(", ", known) + "; found " + found());
      return;
    }
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      String position = pointer + "/" + Pointers.escape(field);
      parser.nextToken();
      if (!seen.add(field)) {
        refuse(position, "given twice");
      } else if (!known.contains(field)) {
        refuse(position, "unknown field" + NameHint.of(field, known, "fields"));
      } else if (!at(JsonToken.VALUE_NULL)) {
        take.accept(field, position);
      }
    }
  }

  /**
   * Goes through the items of the list at the parser.
   *
   * @param what the items are
   * @param take gets the pointer of each, the parser being at it
   */
  void items(String pointer, String what, Consumer<String> take) {
    if (!at(JsonToken.START_ARRAY)) {
      refuse(pointer, "expected a list of " + what + ", found " + found());
      return;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      take.accept(pointer + "/" + i);
    }
  }

  /** The string at the parser; null, and a violation, where there is none. */
  @Nullable
  String text(String pointer) {
    if (!at(JsonToken.VALUE_STRING)) {
      refuse(pointer, "expected a string, found " + found());
      return null;
    }
    return parser.getString();
  }

  /** The parameters at the parser. */
  Map<String, @Nullable Object> parameters(String pointer) {
    return parametersReader.read(pointer);
  }

  /** What the parser is at, for a message. */
  String found() {
    return Json.describe(parser);
  }

  /** Notes what is wrong with the value at the parser, and passes over it. */
  void refuse(String pointer, String message) {
    violations.add(pointer, message);
    parser.skipChildren();
  }
}
