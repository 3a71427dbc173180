package dev.losses.api.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** LaTeX. */
final class LatexNotation implements Notation {
  private static final Set<String> GREEK = Set.of(
      "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu",
      "nu", "xi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega");
  private static final Map<String, String> FUNCTIONS = Map.of(
      "ln", "\\ln",
      "tanh", "\\tanh",
      "σ", "\\sigma",
      "max", "\\max",
      "min", "\\min",
      "not", "\\neg",
      "ln softmax", "\\ln \\mathrm{softmax}");

  @Override
  public String sign(Sign sign) {
    return sign.latex();
  }

  @Override
  public String symbol(String name) {
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

  private static String upright(String name) {
    return "\\mathrm{" + name.replace("_", "\\_") + "}";
  }

  @Override
  public String parentheses(String text) {
    return "\\left(" + text + "\\right)";
  }

  @Override
  public String times(String left, String right) {
    return Character.isDigit(right.charAt(0)) ? " \\cdot " : " \\, ";
  }

  @Override
  public Term fraction(Term above, Term below) {
    return new Term("\\frac{" + above.text() + "}{" + below.text() + "}", Term.PRODUCT);
  }

  @Override
  public Term power(Term base, Term exponent) {
    return new Term(within(base, Term.ATOM) + "^{" + exponent.text() + "}", Term.POWER);
  }

  @Override
  public Term exponential(Term exponent) {
    return new Term("e^{" + exponent.text() + "}", Term.POWER);
  }

  @Override
  public Term root(Term of) {
    return Term.atom("\\sqrt{" + of.text() + "}");
  }

  @Override
  public Term absolute(Term of) {
    return Term.atom("\\left|" + of.text() + "\\right|");
  }

  @Override
  public Term norm(Term of, Term p) {
    return Term.atom("\\left\\|" + of.text() + "\\right\\|_{" + p.text() + "}");
  }

  @Override
  public Term call(String function, String arguments) {
    String name = FUNCTIONS.getOrDefault(function, "\\mathrm{" + function + "}");
    return new Term(name + parentheses(arguments), Term.POWER);
  }

  @Override
  public Term at(Term row, Term index) {
    return Term.atom("\\left[" + row.text() + "\\right]_{" + index.text() + "}");
  }

  @Override
  public Term perClass(List<Term> values) {
    return Term.atom(values.stream()
        .map(Term::text)
        .collect(Collectors.joining(", ", "\\left(", "\\right)_{i}")));
  }

  @Override
  public Term cases(Term condition, Term then, Term otherwise) {
    return new Term(
        "\\begin{cases} " + then.text() + " & \\text{if } " + condition.text() + " \\\\ "
            + otherwise.text() + " & \\text{otherwise} \\end{cases}",
        Term.CASES);
  }
}
