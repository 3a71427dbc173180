package dev.losses.api.internal;

/** The signs of a formula that differ from notation to notation only in their characters. */
enum Sign {
  MINUS("-", "−"),
  LESS(" < ", " < "),
  AT_MOST(" \\le ", " ≤ "),
  EQUAL(" = ", " = "),
  AND(" \\text{ and } ", " and "),
  OR(" \\text{ or } ", " or "),
  SUM("\\sum_{i} ", "Σᵢ "),
  MEAN("\\frac{1}{C} \\sum_{i} ", "1/C Σᵢ "),
  LN_SUM("\\ln \\sum_{i} ", "ln Σᵢ "),
  MAX("\\max_{i} ", "maxᵢ "),
  INFINITY("\\infty", "∞"),
  PI("\\pi", "π"),
  LN_2("\\ln 2", "ln 2");

  private final String latex;
  private final String unicode;

  Sign(String latex, String unicode) {
    this.latex = latex;
    this.unicode = unicode;
  }

  String latex() {
    return latex;
  }

  String unicode() {
    return unicode;
  }
}
