package dev.losses.api.internal;

/**
 * A piece of LaTeX and how tightly its outermost operator binds.
 *
 * @param precedence one of the constants; the larger binds the tighter
 */
record Latex(String text, int precedence) {
  /** A case distinction. */
  static final int CASES = 0;
  /** A sum, a difference or a negation. */
  static final int SUM = 1;
  /** A minus sign before a constant. */
  static final int NEGATIVE = 2;
  /** A sum sign or another operator that reaches over everything to its right. */
  static final int REACHING = 3;
  /** A product or a fraction. */
  static final int PRODUCT = 4;
  /** A power, or a function of an argument in parentheses. */
  static final int POWER = 5;
  /** What needs no parentheses anywhere. */
  static final int ATOM = 6;

  /** The text, in parentheses unless it binds at least as tightly as asked. */
  String within(int least) {
    return precedence >= least ? text : "\\left(" + text + "\\right)";
  }

  /** Whether it is a constant after a minus sign. */
  boolean isNegative() {
    return precedence == NEGATIVE;
  }

  /** A negative constant without its minus sign. */
  Latex negated() {
    return new Latex(text.substring(1), PRODUCT);
  }
}
