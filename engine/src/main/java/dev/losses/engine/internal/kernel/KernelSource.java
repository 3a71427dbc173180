package dev.losses.engine.internal.kernel;

import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.graph.Structure;

/** Where kernels come from. Thread-safe. */
public interface KernelSource {

  /**
   * A kernel for such requests.
   *
   * @param rows how long the last axis is; of no account where there are no rows
   */
  Kernel kernel(Structure structure, Request request, RowLength rows);

  /** What a formula that has not been used yet may expect, as half a sentence. */
  default String outlook() {
    return "its kernel is chosen then";
  }
}
