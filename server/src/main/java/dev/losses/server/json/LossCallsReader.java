package dev.losses.server.json;

import dev.losses.server.exchange.LossCall;
import dev.losses.server.exchange.Pointers;
import dev.losses.server.exchange.Violations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the list of losses in a request for several. */
final class LossCallsReader {
  private static final int MOST_LOSSES = 100;

  private final JsonParser parser;
  private final Violations violations;
  private final ParametersReader parametersReader;

  LossCallsReader(JsonParser parser, Violations violations) {
    this.parser = parser;
    this.violations = violations;
    this.parametersReader = new ParametersReader(parser, violations);
  }

  List<LossCall> read() {
    List<LossCall> calls = new ArrayList<>();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      refuse("/losses", "expected a list of losses, found " + Json.describe(parser));
      return calls;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (i == MOST_LOSSES) {
        violations.add("/losses", "more than " + MOST_LOSSES + " losses");
        Json.skipRest(parser);
        return calls;
      }
      LossCall call = readCall("/losses/" + i);
      if (call != null) {
        calls.add(call);
      }
    }
    return calls;
  }

  private @Nullable LossCall readCall(String pointer) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      refuse(
          pointer, "expected an object with a name and parameters, found " + Json.describe(parser));
      return null;
    }
    String name = null;
    Map<String, @Nullable Object> parameters = Map.of();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      String position = pointer + "/" + Pointers.escape(field);
      parser.nextToken();
      if (!seen.add(field)) {
        refuse(position, "given twice");
      } else if (field.equals("parameters")) {
        parameters = parametersReader.read(position);
      } else if (!field.equals("name")) {
        refuse(position, "unknown field; the fields are name, parameters");
      } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
        name = parser.getString();
      } else {
        refuse(position, "expected a string, found " + Json.describe(parser));
      }
    }
    if (!seen.contains("name")) {
      violations.add(pointer + "/name", "missing");
    }
    return name == null ? null : new LossCall(name, parameters);
  }

  private void refuse(String pointer, String message) {
    violations.add(pointer, message);
    parser.skipChildren();
  }
}
