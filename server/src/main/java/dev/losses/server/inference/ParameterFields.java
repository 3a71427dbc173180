package dev.losses.server.inference;

import dev.losses.api.ParameterSchema;
import dev.losses.server.exchange.NameHint;
import dev.losses.server.exchange.RequestDraft;
import dev.losses.server.exchange.TextFields;
import dev.losses.server.exchange.Words;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes the parameters of a request, from its JSON and from its query: the loss's own, our options, the protocol's. */
final class ParameterFields {
  private static final String BINARY_DATA_OUTPUT = "binary_data_output";
  private static final List<String> OPTIONS = List.of("reduction", "gradient", "dtype");
  /** What means something to other servers. */
  private static final Set<String> IGNORED = Set.of(
      "sequence_id",
      "sequence_start",
      "sequence_end",
      "priority",
      "timeout",
      "headers",
      "content_type");

  private final RequestDraft draft;
  private boolean binaryOutput;

  ParameterFields(RequestDraft draft) {
    this.draft = draft;
  }

  /** Whether outputs that do not say otherwise are to be binary. */
  boolean binaryOutput() {
    return binaryOutput;
  }

  /** Takes a parameter; numbers may come as text. */
  void take(String name, @Nullable Object value) {
    ParameterSchema schema = draft.expected().parameters();
    boolean ofTheLoss = schema != null && schema.names().contains(name);
    if (OPTIONS.contains(name)) {
      takeOption(name, value);
    } else if (ofTheLoss) {
      takeParameter(name, value);
    } else if (name.equals(BINARY_DATA_OUTPUT)) {
      flag("/parameters/" + name, value).ifPresent(wanted -> binaryOutput = wanted);
    } else if (!IGNORED.contains(name) && !name.startsWith("triton_")) {
      List<String> known = Stream.of(
              schema == null ? Stream.<String>of() : schema.names().stream(),
              OPTIONS.stream(),
              Stream.of(BINARY_DATA_OUTPUT))
          .flatMap(names -> names)
          .toList();
      draft
          .violations()
          .add(
              "/parameters" + RequestDraft.pointer(name),
              "no such parameter" + NameHint.of(name, known, "parameters"));
    }
  }

  private void takeOption(String name, @Nullable Object value) {
    if (value != null) {
      TextFields.take(draft, name, String.valueOf(value));
    }
  }

  private void takeParameter(String name, @Nullable Object value) {
    if (value instanceof String text) {
      TextFields.take(draft, name, text);
    } else {
      draft.parameter(name, value);
    }
  }

  /** A parameter that is true or false; empty, and a violation, where it is neither. */
  Optional<Boolean> flag(String pointer, @Nullable Object value) {
    if (value == null) {
      return Optional.empty();
    }
    Optional<Boolean> flag = Words.BOOLEANS.find().apply(String.valueOf(value));
    if (flag.isEmpty()) {
      draft.violations().add(pointer, "expected true or false, found " + value);
    }
    return flag;
  }
}
