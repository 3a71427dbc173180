package dev.losses.api.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What constants of a formula are called: the parameters and simple functions of them, and a few known numbers. */
final class ConstantNames {
  private static final double TOLERANCE = 1e-13;

  private final Notation notation;
  private final List<Named> named = new ArrayList<>();

  private record Named(double value, Term term) {}

  private ConstantNames(Notation notation) {
    this.notation = notation;
  }

  /** Names for the numbers that the parameters are bound to. */
  static ConstantNames of(Map<String, Double> parameters, Notation notation) {
    ConstantNames names = new ConstantNames(notation);
    names.add(Math.log(2), notation.sign(Sign.LN_2), Term.PRODUCT);
    names.add(Math.PI, notation.sign(Sign.PI), Term.ATOM);
    names.add(2 * Math.PI, "2 " + notation.sign(Sign.PI), Term.PRODUCT);
    for (int digits = 4; digits <= 8; digits++) {
      String power = names.powerOfTen(-digits);
      names.add(1 - Math.pow(10, -digits), names.difference("1", power), Term.SUM);
    }
    parameters.forEach((parameter, value) -> names.add(notation.symbol(parameter), value));
    return names;
  }

  /** The number as it is to be written. */
  Term of(double value) {
    for (Named each : named) {
      // Every number is within a tolerance of infinity.
      if (Double.isFinite(value) && Math.abs(each.value - value) <= TOLERANCE * Math.abs(value)) {
        return each.term;
      }
    }
    return number(value);
  }

  private void add(String symbol, double v) {
    Term name = Term.atom(symbol);
    Term square = notation.power(name, Term.atom("2"));
    add(v, name);
    add(-v, notation.sign(Sign.MINUS) + symbol, Term.NEGATIVE);
    add(1 - v, difference("1", symbol), Term.SUM);
    add(v - 1, difference(symbol, "1"), Term.SUM);
    add(1 + v, "1 + " + symbol, Term.SUM);
    add(2 * v, "2 " + symbol, Term.PRODUCT);
    add(2 - v, difference("2", symbol), Term.SUM);
    add(v * v, square);
    add(1 / v, notation.fraction(Term.atom("1"), name));
    for (int n : new int[] {2, 3, 4, 6}) {
      Term divisor = Term.atom("" + n);
      add(v / n, notation.fraction(name, divisor));
      add(v * v / n, notation.fraction(square, divisor));
    }
  }

  private void add(double value, String text, int precedence) {
    add(value, new Term(text, precedence));
  }

  private void add(double value, Term term) {
    named.add(new Named(value, term));
  }

  private String difference(String left, String right) {
    return left + " " + notation.sign(Sign.MINUS) + " " + right;
  }

  private String powerOfTen(int exponent) {
    String sign = exponent < 0 ? notation.sign(Sign.MINUS) : "";
    return notation.power(Term.atom("10"), Term.atom(sign + Math.abs(exponent))).text();
  }

  private Term number(double value) {
    if (value < 0) {
      Term size = number(-value);
      return new Term(notation.sign(Sign.MINUS) + size.text(), Term.NEGATIVE);
    }
    if (Double.isInfinite(value)) {
      return Term.atom(notation.sign(Sign.INFINITY));
    }
    boolean whole = value == Math.rint(value) && value < 1e7;
    String text = whole ? Long.toString((long) value) : Double.toString(value);
    int exponent = text.indexOf('E');
    if (exponent < 0) {
      return Term.atom(text);
    }
    String mantissa = text.substring(0, exponent).replaceAll("\\.0$", "");
    String power = powerOfTen(Integer.parseInt(text.substring(exponent + 1)));
    return new Term(
        mantissa.equals("1") ? power : mantissa + notation.times(mantissa, power) + power,
        Term.PRODUCT);
  }
}
