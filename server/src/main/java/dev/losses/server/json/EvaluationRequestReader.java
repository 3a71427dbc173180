package dev.losses.server.json;

import dev.losses.api.LossNames;
import dev.losses.engine.Mask;
import dev.losses.engine.Reduction;
import dev.losses.engine.Violation;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a request in one pass, its fields in any order, and collects everything that is wrong with them. */
public final class EvaluationRequestReader {
  private static final List<String> OPTIONS =
      List.of("sample_weight", "mask", "reduction", "gradient", "dtype");

  /** Of a request for one loss only. */
  private static final String VERSION = "version";

  private final JsonParser parser;
  private final Collection<String> inputNames;
  private final String lossField;

  private final Set<String> fields = new LinkedHashSet<>();
  private final Violations violations = new Violations();
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private @Nullable Tensor sampleWeight;
  private @Nullable Mask mask;
  private Map<String, @Nullable Object> parameters = Map.of();
  private List<LossCall> losses = List.of();
  private @Nullable String version;
  private Reduction reduction = Reduction.MEAN;
  private DType dtype = DType.FLOAT64;
  private boolean gradient;

  private EvaluationRequestReader(
      JsonParser parser, Collection<String> inputNames, String lossField) {
    this.parser = parser;
    this.inputNames = inputNames;
    this.lossField = lossField;
  }

  /** Reads a request for one loss, which takes these inputs. */
  public static EvaluationRequest read(InputStream body, Collection<String> inputNames) {
    return read(body, inputNames, "parameters");
  }

  /** Reads a request for several losses, any of which may take these inputs. */
  public static EvaluationRequest readSeveral(InputStream body, Collection<String> inputNames) {
    return read(body, inputNames, "losses");
  }

  private static EvaluationRequest read(
      InputStream body, Collection<String> inputNames, String lossField) {
    JsonParser parser = Json.parser(body);
    try (parser) {
      EvaluationRequestReader reader = new EvaluationRequestReader(parser, inputNames, lossField);
      reader.readUntilEnough();
      return reader.request();
    } catch (JacksonException e) {
      throw MalformedJson.because(e, parser);
    }
  }

  private void readUntilEnough() {
    try {
      readBody();
    } catch (Violations.Enough e) {
      // The request is refused for what was found so far.
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
      if (fields.add(name)) {
        readField(name, "/" + Pointers.escape(name));
      } else {
        refuse(name, "given twice");
      }
    }
    if (parser.nextToken() != null) {
      throw MalformedJson.at(
          parser.currentTokenLocation(), parser, "something follows the end of the object");
    }
    if (dtype == DType.FLOAT32) {
      inputs.replaceAll((name, tensor) -> Float32.convert("/" + name, tensor, violations));
    }
  }

  private EvaluationRequest request() {
    return new EvaluationRequest(
        fields,
        inputs,
        sampleWeight,
        mask,
        parameters,
        losses,
        version,
        reduction,
        gradient,
        violations.toList());
  }

  private void readField(String name, String pointer) {
    if (inputNames.contains(name)) {
      Tensor input = readTensor(pointer);
      if (input != null) {
        inputs.put(name, input);
      }
    } else if (name.equals(lossField)) {
      readLossField(pointer);
    } else if (name.equals(VERSION) && lossField.equals("parameters")) {
      version = readText(name);
    } else if (!OPTIONS.contains(name)) {
      refuse(name, "unknown field" + hint(name));
    } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
      readOption(name, pointer);
    }
  }

  private void readLossField(String pointer) {
    if (lossField.equals("losses")) {
      losses = new LossCallsReader(parser, violations).read();
    } else {
      parameters = new ParametersReader(parser, violations).read(pointer);
    }
  }

  private void readOption(String name, String pointer) {
    switch (name) {
      case "sample_weight" -> sampleWeight = readTensor(pointer);
      case "mask" -> mask = readMask(pointer);
      case "reduction" ->
        reduction = readWord(name, Reduction::named, words(Reduction.values(), Reduction::wireName))
            .orElse(reduction);
      case "dtype" ->
        dtype = readWord(
                name, EvaluationRequestReader::dtypeNamed, words(DType.values(), DType::wireName))
            .orElse(dtype);
      default -> gradient = readBoolean(name);
    }
  }

  private @Nullable Tensor readTensor(String pointer) {
    Numbers numbers = new Numbers();
    NestedLists lists = new NestedLists(parser, pointer, numbers);
    return isFine(lists.read()) ? Tensor.of(numbers.toArray(), lists.shape()) : null;
  }

  private @Nullable Mask readMask(String pointer) {
    Booleans booleans = new Booleans();
    NestedLists lists = new NestedLists(parser, pointer, booleans);
    return isFine(lists.read()) ? new Mask(booleans.toArray(), lists.shape()) : null;
  }

  private boolean isFine(@Nullable Violation violation) {
    if (violation != null) {
      violations.add(violation);
    }
    return violation == null;
  }

  private <T> Optional<T> readWord(String name, Function<String, Optional<T>> find, String words) {
    Optional<T> found = parser.currentToken() == JsonToken.VALUE_STRING
        ? find.apply(parser.getString())
        : Optional.empty();
    if (found.isEmpty()) {
      refuse(name, "expected one of " + words + ", found " + Json.describe(parser));
    }
    return found;
  }

  private boolean readBoolean(String name) {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      refuse(name, "expected true or false, found " + Json.describe(parser));
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private @Nullable String readText(String name) {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
      refuse(name, "expected a string, found " + Json.describe(parser));
    }
    return token == JsonToken.VALUE_STRING ? parser.getString() : null;
  }

  private void refuse(String name, String message) {
    violations.add("/" + Pointers.escape(name), message);
    parser.skipChildren();
  }

  private String hint(String name) {
    List<String> known = Stream.concat(
            inputNames.stream(), Stream.concat(Stream.of(lossField), OPTIONS.stream()))
        .toList();
    return LossNames.near(name, known).stream()
        .findFirst()
        .map(near -> "; did you mean " + near + "?")
        .orElse("; the fields are " + String.join(", ", known));
  }

  private static Optional<DType> dtypeNamed(String name) {
    return Arrays.stream(DType.values())
        .filter(dtype -> dtype.wireName().equals(name))
        .findFirst();
  }

  private static <T> String words(T[] values, Function<T, String> word) {
    return Arrays.stream(values).map(word).collect(Collectors.joining(", "));
  }
}
