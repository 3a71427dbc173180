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
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      return "expected true or false, found " + Json.describe(parser);
    }
    if (size == values.length) {
      allowance.take(size * 2L);
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = token == JsonToken.VALUE_TRUE;
    return null;
  }

  boolean[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
