package dev.losses.server.inference;

import dev.losses.spi.Tensor;
import org.jspecify.annotations.Nullable;

/** An input as the JSON of a request declares it; its elements may still be to come. */
final class InputTensor {
  private final String pointer;
  private final String name;
  private final Datatype datatype;
  private final int[] shape;
  private final @Nullable Tensor inline;

  /** @param inline its elements, or null where they follow the JSON */
  InputTensor(
      String pointer, String name, Datatype datatype, int[] shape, @Nullable Tensor inline) {
    this.pointer = pointer;
    this.name = name;
    this.datatype = datatype;
    this.shape = shape;
    this.inline = inline;
  }

  /** Where in the request it is declared. */
  String pointer() {
    return pointer;
  }

  String name() {
    return name;
  }

  Datatype datatype() {
    return datatype;
  }

  int[] shape() {
    return shape.clone();
  }

  @Nullable
  Tensor inline() {
    return inline;
  }

  /** How many bytes its elements take. */
  long bytes() {
    return bytes(shape, datatype);
  }

  static long bytes(int[] shape, Datatype datatype) {
    return (long) Tensor.sizeOf(shape) * datatype.element().bytes();
  }
}
