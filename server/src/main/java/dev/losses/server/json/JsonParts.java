package dev.losses.server.json;

import dev.losses.engine.Mask;
import dev.losses.engine.Violation;
import dev.losses.server.codec.Allowance;
import dev.losses.server.exchange.LossCall;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.exchange.Violations;
import dev.losses.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads single fields that are written in JSON where the request as a whole is not. */
public final class JsonParts {
  private JsonParts() {}

  /** The numbers of a field; null, and a violation, where they are none. */
  public static @Nullable Tensor tensor(
      RequestDraft draft, String name, InputStream in, Allowance allowance) {
    String pointer = RequestDraft.pointer(name);
    return read(
        draft.violations(),
        pointer,
        in,
        parser -> found(draft, new JsonArrays(parser, allowance).tensor(pointer)));
  }

  /** The mask of a field; null, and a violation, where it is none. */
  public static @Nullable Mask mask(
      RequestDraft draft, String name, InputStream in, Allowance allowance) {
    String pointer = RequestDraft.pointer(name);
    return read(
        draft.violations(),
        pointer,
        in,
        parser -> found(draft, new JsonArrays(parser, allowance).mask(pointer)));
  }

  private static <T> @Nullable T found(RequestDraft draft, JsonArrays.Result<T> result) {
    Violation violation = result.violation();
    if (violation != null) {
      draft.violations().add(violation);
    }
    return result.value();
  }

  /** Takes the parameters of the loss, or the losses, that a request asks for. */
  public static void lossField(RequestDraft draft, byte[] json) {
    String pointer = RequestDraft.pointer(draft.expected().lossField());
    InputStream in = new ByteArrayInputStream(json);
    Violations violations = draft.violations();
    if (draft.expected().takesVersion()) {
      Map<String, @Nullable Object> parameters = read(
          violations,
          pointer,
          in,
          parser -> new ParametersReader(parser, violations).read(pointer));
      if (parameters != null) {
        draft.parameters(parameters);
      }
    } else {
      List<LossCall> losses =
          read(violations, pointer, in, parser -> new LossCallsReader(parser, violations).read());
      if (losses != null) {
        draft.losses(losses);
      }
    }
  }

  private static <T> @Nullable T read(
      Violations violations,
      String pointer,
      InputStream in,
      Function<JsonParser, @Nullable T> value) {
    JsonParser parser = Json.parser(in);
    try (parser) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        violations.add(pointer, "empty; expected JSON");
        return null;
      }
      T read = value.apply(parser);
      if (parser.nextToken() != null) {
        violations.add(pointer, "something follows the end of the JSON value");
        return null;
      }
      return read;
    } catch (JacksonException e) {
      violations.add(pointer, MalformedJson.describe(e, parser));
      return null;
    }
  }
}
