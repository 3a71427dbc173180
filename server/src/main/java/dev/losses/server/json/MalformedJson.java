package dev.losses.server.json;

import dev.losses.engine.Violation;
import dev.losses.server.problem.Problem;
import dev.losses.server.problem.ProblemException;
import dev.losses.server.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;

/** Says where a body stops being JSON, in words that do not depend on the parser behind. */
public final class MalformedJson {
  private MalformedJson() {}

  /** What the parser found wrong. */
  public static ProblemException because(JacksonException e, JsonParser parser) {
    return because(e, parser, pointer -> pointer);
  }

  /** @param inBody makes the pointer to a place in the body of that in the value that is being read */
  static ProblemException because(
      JacksonException e, JsonParser parser, UnaryOperator<String> inBody) {
    if (e instanceof JacksonIOException) {
      return new ProblemException(
          Problem.of(ProblemType.UNREADABLE_BODY, "The body ended before it was complete."));
    }
    return at(location(e, parser), inBody.apply(pointer(parser)), reason(e));
  }

  /** The words alone, for JSON that is part of something else. */
  static String describe(JacksonException e, JsonParser parser) {
    return describe(location(e, parser), reason(e));
  }

  private static String describe(TokenStreamLocation location, String reason) {
    return "Not valid JSON at line " + location.getLineNr() + ", column " + location.getColumnNr()
        + ": " + reason;
  }

  private static TokenStreamLocation location(JacksonException e, JsonParser parser) {
    TokenStreamLocation location = e.getLocation();
    return location == null ? parser.currentLocation() : location;
  }

  private static String pointer(JsonParser parser) {
    return parser.streamReadContext().pathAsPointer().toString();
  }

  /** What a reader found wrong at a place. */
  public static ProblemException at(
      TokenStreamLocation location, JsonParser parser, String reason) {
    return at(location, pointer(parser), reason);
  }

  private static ProblemException at(TokenStreamLocation location, String pointer, String reason) {
    return new ProblemException(Problem.of(
        ProblemType.MALFORMED_JSON,
        describe(location, reason) + ".",
        List.of(new Violation(pointer, reason))));
  }

  private static String reason(JacksonException e) {
    String message = e.getOriginalMessage();
    if (message.contains("end-of-input")) {
      return "the body ends in the middle of a value";
    }
    if (e instanceof StreamConstraintsException) {
      return message.contains("depth")
          ? "nested more than " + Json.MAX_DEPTH + " levels deep"
          : "a name, string or number is too long";
    }
    if (message.contains("Non-standard token")) {
      return "NaN and Infinity are no JSON numbers; write them as the strings \"NaN\", \"Infinity\", \"-Infinity\"";
    }
    // The parser's message is the best there is, but parts of it are advice on how to configure the
    // parser.
    int end = message.length();
    for (String aside : List.of("`", " (start marker at", "\n", ": enable")) {
      int at = message.indexOf(aside);
      end = at < 0 ? end : Math.min(end, at);
    }
    String reason = message.substring(0, end).strip();
    return reason.isEmpty()
        ? "unexpected character"
        : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
