package dev.losses.spi;

import java.util.List;
import java.util.Map;

/**
 * A loss that is one of several formulas, by the shapes or the dtype of its inputs: one that takes labels as indices or
 * as rows of probabilities, say. Write a {@link FormulaLoss} where parameters can tell.
 */
public non-sealed interface MultiFormLoss extends LossFunction {

  /**
   * The formula for such inputs. It declares inputs of the names of {@link #inputs()}. It is kept as long as this loss,
   * so there should be few that are not equal.
   *
   * @param dtype the dtype the inputs share
   * @param shapes their shapes by name, as they were given and not checked yet; a name may be missing
   */
  NamedInputsLoss form(DType dtype, Map<String, int[]> shapes);

  /** The form that is shown in documentation. */
  NamedInputsLoss usualForm();

  /** The inputs of the usual form. */
  @Override
  default List<Input> inputs() {
    return usualForm().inputs();
  }
}
