package dev.losses.api.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What constants of a formula are called: the parameters and simple functions of them, and a few known numbers. */
final class ConstantNames {
  private static final double TOLERANCE = 1e-13;
  private static final Set<String> GREEK = Set.of(
      "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu",
      "nu", "xi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega");

  private final List<Named> named = new ArrayList<>();

  private record Named(double value, Latex latex) {}

  private ConstantNames() {}

  /** Names for the numbers that the parameters are bound to. */
  static ConstantNames of(Map<String, Double> parameters) {
    ConstantNames names = new ConstantNames();
    names.add(Math.log(2), "\\ln 2", Latex.PRODUCT);
    names.add(Math.PI, "\\pi", Latex.ATOM);
    names.add(2 * Math.PI, "2 \\pi", Latex.PRODUCT);
    for (int digits = 4; digits <= 8; digits++) {
      names.add(1 - Math.pow(10, -digits), "1 - 10^{-" + digits + "}", Latex.SUM);
    }
    parameters.forEach((parameter, value) -> names.add(symbol(parameter), value));
    return names;
  }

  /** The number as it is to be written. */
  Latex of(double value) {
    for (Named each : named) {
      if (Math.abs(each.value - value) <= TOLERANCE * Math.abs(value)) {
        return each.latex;
      }
    }
    return number(value);
  }

  /** How a parameter or an input is written. */
  static String symbol(String name) {
    if (GREEK.contains(name)) {
      return "\\" + name;
    }
    if (name.equals("eps")) {
      return "\\varepsilon";
    }
    if (name.startsWith("y_")) {
      return "y_{" + upright(name.substring(2)) + "}";
    }
    return name.length() == 1 ? name : upright(name);
  }

  private void add(String symbol, double v) {
    add(v, symbol, Latex.ATOM);
    add(-v, "-" + symbol, Latex.NEGATIVE);
    add(1 - v, "1 - " + symbol, Latex.SUM);
    add(v - 1, symbol + " - 1", Latex.SUM);
    add(1 + v, "1 + " + symbol, Latex.SUM);
    add(2 * v, "2 " + symbol, Latex.PRODUCT);
    add(2 - v, "2 - " + symbol, Latex.SUM);
    add(v * v, symbol + "^{2}", Latex.POWER);
    add(1 / v, fraction("1", symbol), Latex.PRODUCT);
    for (int n : new int[] {2, 3, 4, 6}) {
      add(v / n, fraction(symbol, "" + n), Latex.PRODUCT);
      add(v * v / n, fraction(symbol + "^{2}", "" + n), Latex.PRODUCT);
    }
  }

  private void add(double value, String latex, int precedence) {
    named.add(new Named(value, new Latex(latex, precedence)));
  }

  private static String upright(String name) {
    return "\\mathrm{" + name.replace("_", "\\_") + "}";
  }

  private static String fraction(String above, String below) {
    return "\\frac{" + above + "}{" + below + "}";
  }

  private static Latex number(double value) {
    if (Double.isInfinite(value)) {
      return new Latex(value > 0 ? "\\infty" : "-\\infty", value > 0 ? Latex.ATOM : Latex.NEGATIVE);
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e7;
    String text = whole ? Long.toString((long) value) : Double.toString(value);
    int exponent = text.indexOf('E');
    if (exponent >= 0) {
      String mantissa = text.substring(0, exponent).replaceAll("\\.0$", "");
      String power = "10^{" + text.substring(exponent + 1) + "}";
      text = mantissa.equals("1") ? power : mantissa + " \\cdot " + power;
    }
    int precedence = value < 0 ? Latex.NEGATIVE : exponent >= 0 ? Latex.PRODUCT : Latex.ATOM;
    return new Latex(text, precedence);
  }
}
