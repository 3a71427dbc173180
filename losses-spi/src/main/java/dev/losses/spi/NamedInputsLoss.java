package dev.losses.spi;

/** A loss written as a formula of the inputs it declares by name. */
public non-sealed interface NamedInputsLoss extends LossFunction {

  /**
   * The formula of the unreduced loss. A result per element is averaged over the last axis; a result per row is the
   * loss of that row.
   *
   * @param in the declared inputs as expressions
   * @return the formula, without sample weight, mask or reduction: those are the engine's
   */
  Expr loss(Inputs in);
}
