package dev.losses.server.inference;

import dev.losses.api.Parameter;
import dev.losses.api.ParameterSchema;
import dev.losses.server.codec.DecodedArray;
import dev.losses.server.exchange.NameHint;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.formats.ArrayFields;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes tensors for what their names say: inputs of the loss, weights, a mask, or parameters of the loss. */
final class TensorFields {
  private final RequestDraft draft;

  TensorFields(RequestDraft draft) {
    this.draft = draft;
  }

  /** Notes that a tensor of that name is given; false, and a violation, where it cannot be taken. */
  boolean begin(String pointer, String name) {
    if (ArrayFields.has(draft, name)) {
      return draft.begin(name);
    }
    if (parameter(name).isPresent()) {
      return true;
    }
    List<String> known = Stream.of(
            draft.expected().inputNames().stream(),
            ArrayFields.OPTIONAL.stream(),
            schema().names().stream())
        .flatMap(names -> names)
        .toList();
    draft
        .violations()
        .add(pointer + "/name", "no input '" + name + "'" + NameHint.of(name, known, "inputs"));
    return false;
  }

  /** Takes the elements of a tensor that has begun. */
  void take(InputTensor input, Tensor tensor) {
    String name = input.name();
    if (ArrayFields.has(draft, name)) {
      ArrayFields.take(draft, name, new DecodedArray(tensor, input.datatype().element()));
    } else {
      parameter(name).ifPresent(parameter -> takeParameter(parameter, input, tensor));
    }
  }

  private void takeParameter(Parameter parameter, InputTensor input, Tensor tensor) {
    ParameterTensor values = new ParameterTensor(parameter, tensor, input.datatype());
    String wrong = values.wrong();
    if (wrong != null) {
      draft.violations().add(input.pointer(), wrong);
    } else {
      draft.parameter(parameter.name(), values.value());
    }
  }

  private Optional<Parameter> parameter(String name) {
    return schema().parameters().stream()
        .filter(each -> each.name().equals(name))
        .findFirst();
  }

  private ParameterSchema schema() {
    @Nullable ParameterSchema schema = draft.expected().parameters();
    return schema == null ? new ParameterSchema(List.of()) : schema;
  }
}
