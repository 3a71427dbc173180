package dev.losses.engine.internal.kernel;

/** How long rows are: how they are best gone over depends on it. */
public enum RowLength {
  /** Too short to fill vectors with one row: several rows are computed side by side. */
  SHORT,
  /** A row fills vectors, and values of its length can be kept from one pass to the next. */
  LONG,
  /** Too long to keep anything of a row's length. */
  HUGE;

  /** The longest short row. */
  public static final int LONGEST_SHORT = 32;

  /** The longest row of which values are kept. */
  public static final int LONGEST_KEPT = 1 << 16;

  /** The length of rows of so many elements. */
  public static RowLength of(int columns) {
    if (columns <= LONGEST_SHORT) {
      return SHORT;
    }
    return columns <= LONGEST_KEPT ? LONG : HUGE;
  }
}
