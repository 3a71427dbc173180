package dev.losses.server.inference;

import dev.losses.server.codec.Elements;
import dev.losses.server.json.Json;
import dev.losses.server.json.NestedLists;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;

/** Reads the shapes of inputs. */
final class Shapes {

  private Shapes() {}

  /** The shape at the parser; null, and a violation, where it is none. */
  static int @Nullable [] read(RequestJson json, String pointer) {
    JsonParser parser = json.parser();
    if (!json.at(JsonToken.START_ARRAY)) {
      json.refuse(pointer, "expected a list of sizes such as [2, 3], found " + json.found());
      return null;
    }
    int[] shape = new int[NestedLists.MAX_RANK];
    int rank = 0;
    long size = 1;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String wrong = rank == shape.length ? "more than " + rank + " axes" : wrong(parser);
      if (wrong == null) {
        shape[rank] = parser.getIntValue();
        size *= shape[rank];
        wrong =
            size > Elements.MOST_ELEMENTS ? "the axes hold more elements than an array can" : null;
      }
      if (wrong != null) {
        json.violations().add(pointer + "/" + rank, wrong);
        Json.skipRest(parser);
        return null;
      }
      rank++;
    }
    return Arrays.copyOf(shape, rank);
  }

  private static @Nullable String wrong(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return "expected the size of an axis, found " + Json.describe(parser);
    }
    if (parser.getString().startsWith("-")) {
      return "the size of an axis must not be negative, found " + Json.describe(parser);
    }
    return parser.getNumberType() == NumberType.INT
        ? null
        : Json.describe(parser) + " is more elements than an array can hold";
  }
}
