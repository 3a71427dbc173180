package dev.losses.server.arrow;

import dev.losses.server.codec.FormatException;
import java.nio.BufferUnderflowException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads flatbuffers that somebody sent. Their classes follow every offset, within the bounds of their buffer. */
final class Metadata {
  private Metadata() {}

  /**
   * Reads something.
   *
   * @throws FormatException when it leads out of the buffer
   */
  static <T> T read(Supplier<T> something) {
    try {
      return something.get();
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | NegativeArraySizeException
        | BufferUnderflowException e) {
      throw damaged();
    }
  }

  /** What must not be missing. */
  static <T> T present(@Nullable T something) {
    if (something == null) {
      throw damaged();
    }
    return something;
  }

  private static FormatException damaged() {
    return new FormatException("the metadata of a message are damaged");
  }
}
