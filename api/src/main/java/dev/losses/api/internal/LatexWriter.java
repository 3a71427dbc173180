package dev.losses.api.internal;

import dev.losses.spi.Expr;
import dev.losses.spi.Operator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes one expression graph in LaTeX. Each node is written once and its text shared, so a shared graph is cheap. */
final class LatexWriter {
  private static final int LONGEST = 4000;
  private static final int DEEPEST = 500;

  private final ConstantNames names;
  private final IdentityHashMap<Expr, Latex> written = new IdentityHashMap<>();

  private LatexWriter(ConstantNames names) {
    this.names = names;
  }

  /** The formula, or empty when it is too long for anyone to read. */
  static Optional<String> write(Expr root, ConstantNames names) {
    Expr loss = root.operator() == Operator.COUNTED_AS ? root.operands().get(0) : root;
    try {
      return Optional.of(new LatexWriter(names).latex(loss, 0).text());
    } catch (TooLong e) {
      return Optional.empty();
    }
  }

  private Latex latex(Expr node, int depth) {
    Latex known = written.get(node);
    if (known != null) {
      return known;
    }
    if (depth > DEEPEST) {
      throw new TooLong();
    }
    List<Latex> operands =
        node.operands().stream().map(each -> latex(each, depth + 1)).toList();
    Latex latex = latex(node, operands);
    if (latex.text().length() > LONGEST) {
      throw new TooLong();
    }
    written.put(node, latex);
    return latex;
  }

  private Latex latex(Expr node, List<Latex> operands) {
    return switch (operands.size()) {
      case 0 -> leaf(node);
      case 1 -> unary(node, operands.get(0));
      case 2 -> binary(node, operands.get(0), operands.get(1));
      default -> ternary(node, operands.get(0), operands.get(1), operands.get(2));
    };
  }

  private Latex leaf(Expr node) {
    return switch (node.operator()) {
      case INPUT -> atom(ConstantNames.symbol(node.name()));
      case CONSTANT -> names.of(node.value());
      case CLASS_INDEX -> atom("i");
      case LAST_AXIS_SIZE -> atom("C");
      case PER_CLASS -> perClass(node.perClassValues());
      default -> throw unknown(node);
    };
  }

  private Latex perClass(List<Double> values) {
    return values.size() == 1
        ? names.of(values.get(0))
        : atom(values.stream()
            .map(value -> names.of(value).text())
            .collect(Collectors.joining(", ", "\\left(", "\\right)_{i}")));
  }

  private Latex unary(Expr node, Latex a) {
    return switch (node.operator()) {
      case NEGATE -> new Latex("-" + a.within(Latex.REACHING), Latex.SUM);
      case SQUARE -> new Latex(a.within(Latex.ATOM) + "^{2}", Latex.POWER);
      case SQRT -> atom("\\sqrt{" + a.text() + "}");
      case ABS -> atom("\\left|" + a.text() + "\\right|");
      case EXP -> new Latex("e^{" + a.text() + "}", Latex.POWER);
      case EXPM1 -> new Latex("e^{" + a.text() + "} - 1", Latex.SUM);
      case LOG -> function("\\ln", a.text());
      case LOG1P -> function("\\ln", "1" + sign(a));
      case TANH -> function("\\tanh", a.text());
      case SIGMOID -> function("\\sigma", a.text());
      case SOFTPLUS -> function("\\ln", "1 + e^{" + a.text() + "}");
      case DETACH -> a;
      case NOT -> function("\\neg", a.text());
      case SUM -> reaching("\\sum_{i} ", a);
      case MEAN -> reaching("\\frac{1}{C} \\sum_{i} ", a);
      case MAX -> reaching("\\max_{i} ", a);
      case LOG_SUM_EXP -> new Latex("\\ln \\sum_{i} e^{" + a.text() + "}", Latex.REACHING);
      case SOFTMAX -> function("\\mathrm{softmax}", a.text());
      case LOG_SOFTMAX -> function("\\ln \\mathrm{softmax}", a.text());
      case NORM ->
        atom("\\left\\|" + a.text() + "\\right\\|_{" + names.of(node.value()).text() + "}");
      default -> throw unknown(node);
    };
  }

  private Latex binary(Expr node, Latex a, Latex b) {
    return switch (node.operator()) {
      case ADD -> new Latex(a.within(Latex.SUM) + sign(b), Latex.SUM);
      case SUBTRACT -> new Latex(a.within(Latex.SUM) + " - " + b.within(Latex.REACHING), Latex.SUM);
      case MULTIPLY -> constantFirst(node) ? product(b, a) : product(a, b);
      case DIVIDE -> new Latex("\\frac{" + a.text() + "}{" + b.text() + "}", Latex.PRODUCT);
      case POWER -> new Latex(a.within(Latex.ATOM) + "^{" + b.text() + "}", Latex.POWER);
      case MAXIMUM -> function("\\max", a.text() + ", " + b.text());
      case MINIMUM -> function("\\min", a.text() + ", " + b.text());
      case LESS -> relation(a, " < ", b);
      case AT_MOST -> relation(a, " \\le ", b);
      case EQUAL -> relation(a, " = ", b);
      case AND -> relation(a, " \\text{ and } ", b);
      case OR ->
        new Latex("\\left(" + a.text() + " \\text{ or } " + b.text() + "\\right)", Latex.SUM);
      case AT -> atom("\\left[" + a.text() + "\\right]_{" + b.text() + "}");
      case COUNTED_AS -> a;
      default -> throw unknown(node);
    };
  }

  private static Latex ternary(Expr node, Latex a, Latex b, Latex c) {
    return switch (node.operator()) {
      case WHERE ->
        new Latex(
            "\\begin{cases} " + b.text() + " & \\text{if } " + a.text() + " \\\\ " + c.text()
                + " & \\text{otherwise} \\end{cases}",
            Latex.CASES);
      case CLIP -> function("\\mathrm{clip}", a.text() + ", " + b.text() + ", " + c.text());
      default -> throw unknown(node);
    };
  }

  private static String sign(Latex b) {
    return b.precedence() <= Latex.NEGATIVE && b.text().startsWith("-")
        ? " - " + b.text().substring(1)
        : " + " + b.within(Latex.SUM);
  }

  /** Whether a product reads better the other way round. */
  private static boolean constantFirst(Expr product) {
    return product.operands().get(1).operator() == Operator.CONSTANT
        && product.operands().get(0).operator() != Operator.CONSTANT;
  }

  private static Latex product(Latex a, Latex b) {
    if (a.isNegative()) {
      return new Latex("-" + product(a.negated(), b).text(), Latex.SUM);
    }
    String right = b.within(Latex.PRODUCT);
    String dot = Character.isDigit(right.charAt(0)) ? " \\cdot " : " \\, ";
    return new Latex(a.within(Latex.PRODUCT) + dot + right, Latex.PRODUCT);
  }

  private static Latex relation(Latex a, String sign, Latex b) {
    return new Latex(a.within(Latex.SUM) + sign + b.within(Latex.SUM), Latex.SUM);
  }

  private static Latex function(String name, String arguments) {
    return new Latex(name + "\\left(" + arguments + "\\right)", Latex.POWER);
  }

  private static Latex reaching(String operator, Latex a) {
    return new Latex(operator + a.within(Latex.PRODUCT), Latex.REACHING);
  }

  private static Latex atom(String text) {
    return new Latex(text, Latex.ATOM);
  }

  private static IllegalArgumentException unknown(Expr node) {
    return new IllegalArgumentException("No LaTeX for " + node);
  }

  /** Ends the writing at once. */
  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super(null, null, false, false);
    }
  }
}
