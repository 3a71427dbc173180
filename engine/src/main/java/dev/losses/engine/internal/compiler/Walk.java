package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.kernel.RowLength;

/** How a kernel goes over its inputs. */
enum Walk {
  /** Lanes are neighbouring elements; there are no rows. */
  ELEMENTS,
  /** Lanes are elements of one row, row after row. */
  LONG_ROWS,
  /** Lanes are rows, column after column: a row is too short to fill vectors. */
  SHORT_ROWS,
  /** As long rows, but nothing of a row's length is kept from one pass to the next. */
  HUGE_ROWS;

  static Walk of(boolean byRow, RowLength rows) {
    if (!byRow) {
      return ELEMENTS;
    }
    return switch (rows) {
      case SHORT -> SHORT_ROWS;
      case LONG -> LONG_ROWS;
      case HUGE -> HUGE_ROWS;
    };
  }

  /** Whether what one pass computed can be kept for a later one. */
  boolean keeps() {
    return this == LONG_ROWS || this == SHORT_ROWS;
  }
}
