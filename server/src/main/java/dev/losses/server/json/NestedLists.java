package dev.losses.server.json;

import dev.losses.engine.Violation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a single value or evenly nested lists of values, and notes the shape. It keeps no stack but a count for each
 * level, so depth costs nothing.
 */
public final class NestedLists {
  /** No array has more axes. */
  public static final int MAX_RANK = 32;

  private static final int UNKNOWN = -1;

  private final JsonParser parser;
  private final String pointer;
  private final Leaves leaves;
  /** How many values the list that is open at each level has had so far. */
  private final int[] counts = new int[MAX_RANK];

  private final int[] sizes = new int[MAX_RANK];
  private int rank = UNKNOWN;
  private int depth;

  /** Reads from the parser's current token; the pointer says where in the request that is. */
  public NestedLists(JsonParser parser, String pointer, Leaves leaves) {
    this.parser = parser;
    this.pointer = pointer;
    this.leaves = leaves;
    Arrays.fill(sizes, UNKNOWN);
  }

  /**
   * Reads the value to its end, also when something is wrong with it.
   *
   * @return the first thing that is wrong, or null
   */
  public @Nullable Violation read() {
    JsonToken token = parser.currentToken();
    while (true) {
      String wrong = take(token);
      if (wrong != null) {
        Violation violation = new Violation(position(), wrong);
        skipRest();
        return violation;
      }
      if (depth == 0) {
        return null;
      }
      token = parser.nextToken();
    }
  }

  /** The shape; empty for a single value. */
  public int[] shape() {
    return Arrays.copyOf(sizes, rank);
  }

  private @Nullable String take(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> open();
      case END_ARRAY -> close();
      case START_OBJECT -> "expected a value or a list, found an object";
      default -> leaf(token);
    };
  }

  private @Nullable String open() {
    if (depth == rank) {
      return "ragged: a list where a single value is expected, as in " + first();
    }
    if (depth == MAX_RANK) {
      return "lists are nested more than " + MAX_RANK + " levels deep";
    }
    counts[depth++] = 0;
    return null;
  }

  private @Nullable String close() {
    if (rank == UNKNOWN) {
      rank = depth;
    }
    int count = counts[--depth];
    if (sizes[depth] == UNKNOWN) {
      sizes[depth] = count;
    } else if (sizes[depth] != count) {
      return "ragged: the list has " + values(count) + " where " + first() + " has " + sizes[depth];
    }
    countUp();
    return null;
  }

  private @Nullable String leaf(JsonToken token) {
    if (rank == UNKNOWN) {
      rank = depth;
    } else if (depth != rank) {
      return "ragged: a single value where a list is expected, as in " + first();
    }
    String wrong = leaves.add(parser, token);
    if (wrong == null) {
      countUp();
    }
    return wrong;
  }

  private void countUp() {
    if (depth > 0) {
      counts[depth - 1]++;
    }
  }

  private void skipRest() {
    parser.skipChildren();
    while (depth > 0) {
      if (parser.nextToken() == JsonToken.END_ARRAY) {
        depth--;
      } else {
        parser.skipChildren();
      }
    }
  }

  private String position() {
    StringBuilder position = new StringBuilder(pointer);
    for (int level = 0; level < depth; level++) {
      position.append('/').append(counts[level]);
    }
    return position.toString();
  }

  /** The position of the same level that was read first. */
  private String first() {
    return pointer + "/0".repeat(depth);
  }

  private static String values(int count) {
    return count == 1 ? "1 value" : count + " values";
  }
}
