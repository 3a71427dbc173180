package dev.losses.engine.internal.kernel;

import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.graph.Structure;

/** Where kernels come from. Thread-safe. */
public interface KernelSource {

  /**
   * A kernel for such requests.
   *
   * @param columns the size of the last axis: a kernel may be made for short rows or for long ones
   */
  Kernel kernel(Structure structure, Request request, int columns);

  /** What a formula that has not been used yet may expect, as half a sentence. */
  default String outlook() {
    return "its kernel is chosen then";
  }
}
