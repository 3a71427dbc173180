package dev.losses.api;

/** How a formula is written. */
public enum FormulaStyle {
  /** LaTeX, for what typesets it. */
  LATEX,
  /** Unicode characters in one line, for where nothing is typeset: {@code |ŷ − y| ≤ delta}. */
  UNICODE
}
