package dev.losses.server.json;

import dev.losses.engine.Mask;
import dev.losses.engine.Violation;
import dev.losses.server.exchange.Expected;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.exchange.Violations;
import dev.losses.server.exchange.Words;
import dev.losses.server.http.RequestBody;
import dev.losses.spi.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a request in one pass, its fields in any order, and collects everything that is wrong with them. */
public final class EvaluationRequestReader {
  private static final String VERSION = "version";

  private final JsonParser parser;
  private final RequestDraft draft;
  private final Violations violations;
  private final JsonArrays arrays;

  private EvaluationRequestReader(JsonParser parser, RequestDraft draft, RequestBody body) {
    this.parser = parser;
    this.draft = draft;
    this.violations = draft.violations();
    this.arrays = new JsonArrays(parser, body.allowance());
  }

  /**
   * Reads a request.
   *
   * @throws Violations.Enough when nothing more need be read
   */
  public static void read(RequestBody body, RequestDraft draft) {
    JsonParser parser = Json.parser(body);
    try (parser) {
      new EvaluationRequestReader(parser, draft, body).readBody();
    } catch (JacksonException e) {
      throw MalformedJson.because(e, parser);
    }
  }

  private void readBody() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      String found = parser.currentToken() == null ? "nothing" : Json.describe(parser);
      throw MalformedJson.at(
          parser.currentTokenLocation(), parser, "the body must be an object, found " + found);
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (draft.begin(name)) {
        readField(name, RequestDraft.pointer(name));
      } else {
        parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw MalformedJson.at(
          parser.currentTokenLocation(), parser, "something follows the end of the object");
    }
  }

  private void readField(String name, String pointer) {
    Expected expected = draft.expected();
    if (expected.inputNames().contains(name)) {
      Tensor input = readTensor(pointer);
      if (input != null) {
        draft.input(name, input);
      }
    } else if (name.equals(expected.lossField())) {
      readLossField(pointer);
    } else if (name.equals(VERSION) && expected.takesVersion()) {
      draft.version(readText(pointer));
    } else if (!expected.options().contains(name)) {
      draft.unknown(name);
      parser.skipChildren();
    } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
      readOption(name, pointer);
    }
  }

  private void readLossField(String pointer) {
    if (draft.expected().takesVersion()) {
      draft.parameters(new ParametersReader(parser, violations).read(pointer));
    } else {
      draft.losses(new LossCallsReader(parser, violations).read());
    }
  }

  private void readOption(String name, String pointer) {
    switch (name) {
      case "sample_weight" -> draft.sampleWeight(readTensor(pointer));
      case "mask" -> draft.mask(readMask(pointer));
      case "reduction" -> readWord(pointer, Words.REDUCTIONS).ifPresent(draft::reduction);
      case "dtype" -> readWord(pointer, Words.DTYPES).ifPresent(draft::dtype);
      default -> draft.gradient(readBoolean(pointer));
    }
  }

  private @Nullable Tensor readTensor(String pointer) {
    JsonArrays.Result<Tensor> result = arrays.tensor(pointer);
    return isFine(result.violation()) ? result.value() : null;
  }

  private @Nullable Mask readMask(String pointer) {
    JsonArrays.Result<Mask> result = arrays.mask(pointer);
    return isFine(result.violation()) ? result.value() : null;
  }

  private boolean isFine(@Nullable Violation violation) {
    if (violation != null) {
      violations.add(violation);
    }
    return violation == null;
  }

  private <T> Optional<T> readWord(String pointer, Words<T> words) {
    Optional<T> found = parser.currentToken() == JsonToken.VALUE_STRING
        ? words.find().apply(parser.getString())
        : Optional.empty();
    if (found.isEmpty()) {
      refuse(pointer, "expected one of " + words.all() + ", found " + Json.describe(parser));
    }
    return found;
  }

  private boolean readBoolean(String pointer) {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      refuse(pointer, "expected true or false, found " + Json.describe(parser));
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private @Nullable String readText(String pointer) {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
      refuse(pointer, "expected a string, found " + Json.describe(parser));
    }
    return token == JsonToken.VALUE_STRING ? parser.getString() : null;
  }

  private void refuse(String pointer, String message) {
    violations.add(pointer, message);
    parser.skipChildren();
  }
}
