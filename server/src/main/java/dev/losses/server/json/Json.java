package dev.losses.server.json;

import dev.losses.server.codec.Excerpt;
import dev.losses.server.http.RequestBody;
import java.io.InputStream;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/** The dialect of JSON that is read and written: strict, fast with numbers, and never closing the caller's streams. */
public final class Json {
  static final int MAX_DEPTH = 500;

  private static final JsonFactory FACTORY = JsonFactory.builder()
      // Tomcat's threads stay, so each may keep its buffers: to share them costs a little more.
      .recyclerPool(JsonRecyclerPools.threadLocalPool())
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxNumberLength(1_000)
          .maxStringLength(10_000)
          .maxNameLength(1_000)
          .build())
      .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
      .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
      .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
      .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
      // The shortest digits, on every JDK; Double.toString gives them from JDK 19 on.
      .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
      .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
      .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
      .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
      .build();

  private Json() {}

  static JsonParser parser(RequestBody body) {
    byte[] whole = body.whole();
    return whole == null
        ? parser(body.stream())
        : FACTORY.createParser(ObjectReadContext.empty(), whole);
  }

  /** A parser of a stream, which stays open. */
  public static JsonParser parser(InputStream in) {
    return FACTORY.createParser(ObjectReadContext.empty(), in);
  }

  /** A generator that writes to a stream, which stays open. */
  public static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  /** Leaves the list or object that the parser is in; its current token is a value, or a name, of that. */
  public static void skipRest(JsonParser parser) {
    do {
      parser.skipChildren();
    } while (!parser.nextToken().isStructEnd());
  }

  /** What the parser is looking at, for a message. */
  public static String describe(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_NULL -> "null";
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_STRING -> "the string \"" + Excerpt.beginning(parser.getString()) + "\"";
      default -> "the number " + Excerpt.beginning(parser.getString());
    };
  }
}
