package dev.losses.server.inference;

import dev.losses.server.codec.Elements;
import dev.losses.server.codec.FormatException;
import dev.losses.server.codec.StreamEnd;
import dev.losses.server.exchange.Violations;
import dev.losses.server.http.RequestBody;
import dev.losses.spi.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the tensors that follow the JSON of a request, from the body straight into their arrays. */
final class BinaryInputs {
  private BinaryInputs() {}

  /** Reads all of them, and sees that nothing follows. */
  static void read(
      RequestBody body, List<InputTensor> inputs, TensorFields fields, Violations violations) {
    long total = inputs.stream().mapToLong(InputTensor::bytes).sum();
    if (total > body.mostLeft()) {
      String names = inputs.stream().map(InputTensor::name).collect(Collectors.joining(", "));
      violations.add(
          "/inputs",
          names + " take " + total + " bytes after the JSON, but at most " + body.mostLeft()
              + " bytes follow it");
      return;
    }
    String last = "the JSON";
    for (InputTensor input : inputs) {
      last = input.name();
      try {
        fields.take(input, tensor(input, body));
      } catch (FormatException e) {
        violations.add(input.pointer(), last + ": " + e.getMessage());
        return;
      }
    }
    try {
      StreamEnd.expect(body.stream(), last);
    } catch (FormatException e) {
      violations.add("/inputs", e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // The body's stream throws none.
    }
  }

  private static Tensor tensor(InputTensor input, RequestBody body) {
    try {
      return Elements.read(
              body.stream(),
              input.datatype().element(),
              ByteOrder.LITTLE_ENDIAN,
              input.shape(),
              false,
              body.allowance())
          .tensor();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // The body's stream throws none.
    }
  }
}
