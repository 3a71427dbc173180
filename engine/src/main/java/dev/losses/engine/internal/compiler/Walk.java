package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.kernel.Sums;

/** How a kernel goes over its inputs. */
enum Walk {
  /** Lanes are neighbouring elements; there are no rows. */
  ELEMENTS,
  /** Lanes are elements of one row, row after row. */
  LONG_ROWS,
  /** Lanes are rows, column after column: a row is too short to fill vectors. */
  SHORT_ROWS;

  static Walk of(boolean byRow, int columns) {
    if (!byRow) {
      return ELEMENTS;
    }
    return columns <= Sums.SHORT_ROW ? SHORT_ROWS : LONG_ROWS;
  }
}
