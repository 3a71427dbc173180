package dev.losses.api.internal;

/**
 * A piece of a written formula and how tightly its outermost operator binds.
 *
 * @param precedence one of the constants; the larger binds the tighter
 */
record Term(String text, int precedence) {
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

  static Term atom(String text) {
    return new Term(text, ATOM);
  }

  /** Whether it is a constant after a minus sign. */
  boolean isNegative() {
    return precedence == NEGATIVE;
  }

  /** A negative constant without its minus sign. */
  Term negated() {
    return new Term(text.substring(1), PRODUCT);
  }
}
