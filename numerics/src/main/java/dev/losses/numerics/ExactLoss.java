package dev.losses.numerics;

import java.util.List;
import java.util.Map;

/** A loss in exact arithmetic. */
interface ExactLoss {

  /**
   * What is exact of one row, or of all rows of a loss that compares them.
   *
   * @param inputs the values by name
   * @param columns the size of the last axis
   */
  ExactRow evaluate(Map<String, List<Real>> inputs, int columns);
}
