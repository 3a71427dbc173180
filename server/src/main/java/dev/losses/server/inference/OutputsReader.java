package dev.losses.server.inference;

import dev.losses.server.codec.Excerpt;
import dev.losses.server.exchange.Expected;
import dev.losses.server.exchange.NameHint;
import dev.losses.server.exchange.RequestDraft;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which outputs a request asks for. */
final class OutputsReader {
  private static final List<String> FIELDS = List.of("name", "parameters");
  private static final String BINARY_DATA = "binary_data";

  private final RequestJson json;
  private final ParameterFields parameterFields;
  private final List<String> known;
  private final List<String> offered;
  private final Set<String> seen = new HashSet<>();
  private final List<RequestedOutput> outputs = new ArrayList<>();
  private @Nullable String name;
  private @Nullable Boolean binary;

  OutputsReader(RequestJson json, ParameterFields parameterFields, Expected expected) {
    this.json = json;
    this.parameterFields = parameterFields;
    this.known = outputs(expected.inputNames());
    this.offered = outputs(expected.differentiable());
  }

  private static List<String> outputs(Collection<String> inputs) {
    return Stream.concat(
            Stream.of(RequestedOutput.LOSS), inputs.stream().map(RequestedOutput::gradient))
        .toList();
  }

  /** Those of the list at the parser, as far as they are right. */
  List<RequestedOutput> read(String pointer) {
    json.items(pointer, "outputs", this::readOutput);
    return outputs;
  }

  private void readOutput(String pointer) {
    name = null;
    binary = null;
    int before = json.violations().count();
    json.fields(pointer, FIELDS, this::readField);
    if (json.violations().count() > before) {
      return;
    }
    String wrong = wrong(name);
    if (wrong != null || name == null) {
      json.violations().add(pointer + "/name", String.valueOf(wrong));
    } else {
      outputs.add(new RequestedOutput(name, binary));
    }
  }

  private @Nullable String wrong(@Nullable String given) {
    if (given == null) {
      return "missing; the outputs are " + String.join(", ", offered);
    }
    if (!known.contains(given)) {
      return "no output '" + Excerpt.beginning(given) + "'"
          + NameHint.of(given, offered, "outputs");
    }
    return seen.add(given) ? null : given + " is asked for twice";
  }

  private void readField(String field, String position) {
    if (field.equals("name")) {
      name = json.text(position);
    } else {
      json.parameters(position).forEach((parameter, value) -> take(position, parameter, value));
    }
  }

  private void take(String pointer, String parameter, @Nullable Object value) {
    String position = pointer + RequestDraft.pointer(parameter);
    if (parameter.equals(BINARY_DATA)) {
      parameterFields.flag(position, value).ifPresent(wanted -> binary = wanted);
    } else {
      json.violations().add(position, "unknown parameter; the one of an output is " + BINARY_DATA);
    }
  }
}
