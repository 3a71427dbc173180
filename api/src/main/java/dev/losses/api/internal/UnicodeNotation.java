package dev.losses.api.internal;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One line of Unicode characters. Parameters keep the names that callers write; y_true is y and y_pred is ŷ. */
final class UnicodeNotation implements Notation {
  private static final String PLAIN = "0123456789−";
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
  private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₋";
  private static final Pattern NUMBER = Pattern.compile("[0-9.]+");

  @Override
  public String sign(Sign sign) {
    return sign.unicode();
  }

  @Override
  public String symbol(String name) {
    return switch (name) {
      case "y_true" -> "y";
      case "y_pred" -> "ŷ";
      default -> name;
    };
  }

  @Override
  public String parentheses(String text) {
    return "(" + text + ")";
  }

  @Override
  public String times(String left, String right) {
    return NUMBER.matcher(left).matches() && !Character.isDigit(right.charAt(0)) ? " " : " · ";
  }

  @Override
  public Term fraction(Term above, Term below) {
    if (below.text().equals("2") && above.precedence() >= Term.POWER) {
      return new Term("½ " + above.text(), Term.PRODUCT);
    }
    return new Term(within(above, Term.PRODUCT) + " / " + within(below, Term.POWER), Term.PRODUCT);
  }

  @Override
  public Term power(Term base, Term exponent) {
    String raised = shifted(exponent.text(), RAISED);
    return new Term(
        within(base, Term.ATOM) + (raised.isEmpty() ? "^" + within(exponent, Term.ATOM) : raised),
        Term.POWER);
  }

  @Override
  public Term exponential(Term exponent) {
    return call("exp", exponent.text());
  }

  @Override
  public Term root(Term of) {
    return new Term("√" + within(of, Term.ATOM), Term.POWER);
  }

  @Override
  public Term absolute(Term of) {
    return Term.atom("|" + of.text() + "|");
  }

  @Override
  public Term norm(Term of, Term p) {
    String lowered = shifted(p.text(), LOWERED);
    return Term.atom(
        "‖" + of.text() + "‖" + (lowered.isEmpty() ? "_" + within(p, Term.ATOM) : lowered));
  }

  @Override
  public Term call(String function, String arguments) {
    return Term.atom(function + parentheses(arguments));
  }

  @Override
  public Term at(Term row, Term index) {
    return Term.atom(within(row, Term.ATOM) + "[" + index.text() + "]");
  }

  @Override
  public Term perClass(List<Term> values) {
    return Term.atom(values.stream().map(Term::text).collect(Collectors.joining(", ", "(", ")ᵢ")));
  }

  @Override
  public Term cases(Term condition, Term then, Term otherwise) {
    return new Term(
        within(then, Term.SUM) + " where " + condition.text() + ", else " + otherwise.text(),
        Term.CASES);
  }

  /** A whole number in raised or lowered digits; empty for what has none. */
  private static String shifted(String text, String digits) {
    StringBuilder shifted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int digit = PLAIN.indexOf(text.charAt(i));
      if (digit < 0) {
        return "";
      }
      shifted.append(digits.charAt(digit));
    }
    return shifted.toString();
  }
}
