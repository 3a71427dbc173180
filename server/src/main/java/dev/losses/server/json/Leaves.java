package dev.losses.server.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Collects the values at the bottom of nested lists. */
public interface Leaves {

  /**
   * Takes the parser's current value.
   *
   * @return what is wrong with it, or null
   */
  @Nullable
  String add(JsonParser parser, JsonToken token);
}
