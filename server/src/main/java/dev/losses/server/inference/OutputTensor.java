package dev.losses.server.inference;

import dev.losses.server.codec.ElementWriter;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;

/**
 * An output as it is written.
 *
 * @param binary whether it follows the JSON
 */
record OutputTensor(String name, Tensor tensor, boolean binary) {
  Datatype datatype() {
    return Datatype.of(tensor.dtype());
  }

  /** How many bytes follow the JSON for it. */
  long bytes() {
    return binary ? ElementWriter.length(tensor) : 0;
  }

  boolean isFloat32() {
    return tensor.dtype() == DType.FLOAT32;
  }
}
