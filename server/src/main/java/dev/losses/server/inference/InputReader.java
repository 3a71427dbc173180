package dev.losses.server.inference;

import dev.losses.server.codec.Allowance;
import dev.losses.server.codec.Excerpt;
import dev.losses.server.exchange.NameHint;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one of the inputs in the JSON of a request, its fields in any order. */
final class InputReader {
  static final String BINARY_DATA_SIZE = "binary_data_size";
  private static final List<String> FIELDS =
      List.of("name", "shape", "datatype", "parameters", "data");
  /** What clients tell servers that convert for them. */
  private static final Set<String> IGNORED = Set.of("content_type");

  private final RequestJson json;
  private final String pointer;
  private final Allowance allowance;
  private @Nullable String name;
  private int @Nullable [] shape;
  private @Nullable Datatype datatype;
  private @Nullable InlineData data;
  private @Nullable Long binarySize;

  /** The name that was read; null where there is none. */
  @Nullable
  String name() {
    return name;
  }

  /** Reads the input at the parser, which the pointer names. */
  InputReader(RequestJson json, String pointer, Allowance allowance) {
    this.json = json;
    this.pointer = pointer;
    this.allowance = allowance;
  }

  /** The input; null, and violations, where something is wrong with it. */
  @Nullable
  InputTensor read() {
    int before = json.violations().count();
    json.fields(pointer, FIELDS, this::readField);
    if (json.violations().count() > before) {
      return null;
    }
    if (name == null || shape == null || datatype == null) {
      String field = name == null ? "name" : shape == null ? "shape" : "datatype";
      json.violations().add(pointer + "/" + field, "missing; an input has " + needed());
      return null;
    }
    return complete(name, shape, datatype);
  }

  private static String needed() {
    return "name, shape, datatype, and data or the parameter " + BINARY_DATA_SIZE;
  }

  private void readField(String field, String position) {
    switch (field) {
      case "name" -> name = json.text(position);
      case "shape" -> shape = Shapes.read(json, position);
      case "datatype" -> datatype = readDatatype(position);
      case "parameters" -> json.parameters(position).forEach(this::takeParameter);
      default -> data = InlineData.read(json.parser(), position, allowance);
    }
  }

  private @Nullable Datatype readDatatype(String position) {
    String word = json.text(position);
    if (word == null) {
      return null;
    }
    Datatype found = Datatype.named(word).orElse(null);
    if (found == null) {
      String hint = word.equals("BYTES")
          ? "a loss takes numbers, and texts as parameters of the request; the datatypes are "
          : "no datatype '" + Excerpt.beginning(word) + "'; they are ";
      json.violations().add(position, hint + Datatype.all());
    }
    return found;
  }

  private void takeParameter(String parameter, @Nullable Object value) {
    String position = pointer + "/parameters" + RequestDraft.pointer(parameter);
    if (!parameter.equals(BINARY_DATA_SIZE)) {
      if (!IGNORED.contains(parameter)) {
        json.violations()
            .add(
                position,
                "unknown parameter"
                    + NameHint.of(parameter, List.of(BINARY_DATA_SIZE), "parameters"));
      }
    } else if (value instanceof Long size && size >= 0) {
      binarySize = size;
    } else if (value != null) {
      json.violations().add(position, "expected a number of bytes, found " + value);
    }
  }

  private @Nullable InputTensor complete(String name, int[] shape, Datatype datatype) {
    if (data != null && binarySize != null) {
      return refuse("/data", name + " has both data and " + BINARY_DATA_SIZE + "; send one");
    }
    if (data != null) {
      Tensor tensor = data.toTensor(datatype, shape, json.violations());
      return tensor == null ? null : new InputTensor(pointer, name, datatype, shape, tensor);
    }
    if (binarySize == null) {
      return refuse("/data", "missing; an input has " + needed());
    }
    long bytes = InputTensor.bytes(shape, datatype);
    return binarySize == bytes
        ? new InputTensor(pointer, name, datatype, shape, null)
        : refuse(
            "/parameters/" + BINARY_DATA_SIZE,
            name + " of shape " + Arrays.toString(shape) + " in " + datatype + " takes " + bytes
                + " bytes, not " + binarySize);
  }

  private @Nullable InputTensor refuse(String field, String message) {
    json.violations().add(pointer + field, message);
    return null;
  }
}
