package dev.losses.server.json;

import dev.losses.server.codec.Allowance;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The values of a mask. */
final class Booleans implements Leaves {
  private final Allowance allowance;
  private boolean[] values = new boolean[16];
  private int size;

  Booleans(Allowance allowance) {
    this.allowance = allowance;
  }

  @Override
  public @Nullable String add(JsonParser parser, JsonToken token) {
    boolean number = token == JsonToken.VALUE_NUMBER_INT;
    double value = number ? parser.getDoubleValue() : token == JsonToken.VALUE_TRUE ? 1 : 0;
    boolean word = token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE;
    if (!(word || number) || (value != 0 && value != 1)) {
      return "expected true or false, or 1 or 0, found " + Json.describe(parser);
    }
    if (size == values.length) {
      allowance.take(size * 2L);
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value == 1;
    return null;
  }

  boolean[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
