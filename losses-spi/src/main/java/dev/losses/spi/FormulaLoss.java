package dev.losses.spi;

/** A loss written as a formula of {@code y_true} and {@code y_pred}. */
public interface FormulaLoss extends NamedInputsLoss {

  /**
   * The formula of the unreduced loss.
   *
   * @param yTrue the true values
   * @param yPred the predicted values
   * @return the formula; see {@link NamedInputsLoss#loss(Inputs)}
   */
  Expr loss(Expr yTrue, Expr yPred);

  @Override
  default Expr loss(Inputs in) {
    return loss(in.get("y_true"), in.get("y_pred"));
  }
}
