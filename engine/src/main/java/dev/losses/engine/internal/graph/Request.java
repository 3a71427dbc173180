package dev.losses.engine.internal.graph;

import dev.losses.spi.DType;

/**
 * What a graph is made for.
 *
 * @param dtype the number format
 * @param gradients whether gradients are wanted
 * @param byRow whether there is one loss for each row; else one for each element
 * @param weighted whether positions differ in weight and adjoint; else the adjoint is one number, not 0
 * @param unreduced whether the losses themselves are wanted
 */
public record Request(
    DType dtype, boolean gradients, boolean byRow, boolean weighted, boolean unreduced) {

  /** How many different requests there are. */
  public static final int COUNT = 32;

  /** Which of them this is. */
  public int index() {
    return (dtype == DType.FLOAT32 ? 1 : 0)
        | (gradients ? 2 : 0)
        | (byRow ? 4 : 0)
        | (weighted ? 8 : 0)
        | (unreduced ? 16 : 0);
  }
}
