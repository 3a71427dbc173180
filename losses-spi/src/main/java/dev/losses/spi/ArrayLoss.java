package dev.losses.spi;

import java.util.Map;

/**
 * A loss written on arrays, for what no {@link Expr} says: alignments, losses that couple the rows of a batch.
 *
 * <p>The engine has checked shapes and domains before it calls. Implementations must not modify the inputs, must not
 * keep them, and must be safe for use by many threads at once.
 */
public non-sealed interface ArrayLoss extends LossFunction {

  /**
   * Whether each unreduced loss depends on what the inputs hold at its own position alone, so that no row serves another.
   * Then rows may be evaluated batch by batch, and what a mask leaves out is not looked at: the engine hands it over as
   * zeros (ones where a domain excludes 0, and for hinge labels), and what {@link #loss} or an input's domain refuses may
   * stand there. Default false: every row is checked and handed over.
   */
  default boolean rowsAreIndependent() {
    return false;
  }

  /**
   * The unreduced losses.
   *
   * @param inputs the declared inputs by name, all of one dtype
   * @return the losses and, where they differ from one, the counts
   * @throws InvalidInputException when the caller's inputs are wrong in a way that {@link #inputs()} does not declare
   */
  Losses loss(Map<String, Tensor> inputs);

  /**
   * The vector-Jacobian product: for every differentiable input the derivative of {@code sum(upstream * losses)}.
   *
   * @param inputs the declared inputs by name
   * @param upstream one factor for every unreduced loss, in the shape of {@link Losses#values()}
   * @return a gradient for every differentiable input, each in its input's shape and dtype. Where an upstream factor
   *     is 0 the loss at that position must contribute exactly 0
   */
  Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream);
}
