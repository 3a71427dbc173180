package dev.losses.api.internal;

import dev.losses.spi.Expr;
import dev.losses.spi.Operator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Writes one expression graph. Each node is written once and its text shared, so a shared graph is cheap. */
final class FormulaWriter {
  private static final int LONGEST = 4000;
  private static final int DEEPEST = 500;

  private final Notation notation;
  private final ConstantNames names;
  private final IdentityHashMap<Expr, Term> written = new IdentityHashMap<>();

  private FormulaWriter(Notation notation, ConstantNames names) {
    this.notation = notation;
    this.names = names;
  }

  /** The formula, or empty when it is too long for anyone to read. */
  static Optional<String> write(Expr root, Notation notation, ConstantNames names) {
    Expr loss = root.operator() == Operator.COUNTED_AS ? root.operands().get(0) : root;
    try {
      return Optional.of(new FormulaWriter(notation, names).term(loss, 0).text());
    } catch (TooLong e) {
      return Optional.empty();
    }
  }

  private Term term(Expr node, int depth) {
    Term known = written.get(node);
    if (known != null) {
      return known;
    }
    if (depth > DEEPEST) {
      throw new TooLong();
    }
    List<Term> operands =
        node.operands().stream().map(each -> term(each, depth + 1)).toList();
    Term term = term(node, operands);
    if (term.text().length() > LONGEST) {
      throw new TooLong();
    }
    written.put(node, term);
    return term;
  }

  private Term term(Expr node, List<Term> operands) {
    return switch (operands.size()) {
      case 0 -> leaf(node);
      case 1 -> unary(node, operands.get(0));
      case 2 -> binary(node, operands.get(0), operands.get(1));
      default -> ternary(node, operands.get(0), operands.get(1), operands.get(2));
    };
  }

  private Term leaf(Expr node) {
    return switch (node.operator()) {
      case INPUT -> Term.atom(notation.symbol(node.name()));
      case CONSTANT -> names.of(node.value());
      case CLASS_INDEX -> Term.atom("i");
      case LAST_AXIS_SIZE -> Term.atom("C");
      case PER_CLASS -> perClass(node.perClassValues());
      default -> throw unknown(node);
    };
  }

  private Term perClass(List<Double> values) {
    return values.size() == 1
        ? names.of(values.get(0))
        : notation.perClass(values.stream().map(names::of).toList());
  }

  private Term unary(Expr node, Term a) {
    return switch (node.operator()) {
      case NEGATE -> new Term(minus() + notation.within(a, Term.REACHING), Term.SUM);
      case SQUARE -> notation.power(a, Term.atom("2"));
      case SQRT -> notation.root(a);
      case ABS -> notation.absolute(a);
      case EXP -> notation.exponential(a);
      case EXPM1 -> new Term(notation.exponential(a).text() + " " + minus() + " 1", Term.SUM);
      case LOG -> notation.call("ln", a.text());
      case LOG1P -> notation.call("ln", "1" + signed(a));
      case TANH -> notation.call("tanh", a.text());
      case SIGMOID -> notation.call("σ", a.text());
      case SOFTPLUS -> notation.call("ln", "1 + " + notation.exponential(a).text());
      case DETACH -> a;
      case NOT -> notation.call("not", a.text());
      case SUM -> reaching(Sign.SUM, a);
      case MEAN -> reaching(Sign.MEAN, a);
      case MAX -> reaching(Sign.MAX, a);
      case LOG_SUM_EXP -> reaching(Sign.LN_SUM, notation.exponential(a));
      case SOFTMAX -> notation.call("softmax", a.text());
      case LOG_SOFTMAX -> notation.call("ln softmax", a.text());
      case NORM -> notation.norm(a, names.of(node.value()));
      default -> throw unknown(node);
    };
  }

  private Term binary(Expr node, Term a, Term b) {
    return switch (node.operator()) {
      case ADD -> new Term(notation.within(a, Term.SUM) + signed(b), Term.SUM);
      case SUBTRACT ->
        new Term(
            notation.within(a, Term.SUM) + " " + minus() + " " + notation.within(b, Term.REACHING),
            Term.SUM);
      case MULTIPLY -> constantFirst(node) ? product(b, a) : product(a, b);
      case DIVIDE -> notation.fraction(a, b);
      case POWER -> notation.power(a, b);
      case MAXIMUM -> notation.call("max", a.text() + ", " + b.text());
      case MINIMUM -> notation.call("min", a.text() + ", " + b.text());
      case LESS -> relation(a, Sign.LESS, b);
      case AT_MOST -> relation(a, Sign.AT_MOST, b);
      case EQUAL -> relation(a, Sign.EQUAL, b);
      case AND -> relation(a, Sign.AND, b);
      case OR ->
        new Term(notation.parentheses(a.text() + notation.sign(Sign.OR) + b.text()), Term.SUM);
      case AT -> notation.at(a, b);
      case COUNTED_AS -> a;
      default -> throw unknown(node);
    };
  }

  private Term ternary(Expr node, Term a, Term b, Term c) {
    return switch (node.operator()) {
      case WHERE -> notation.cases(a, b, c);
      case CLIP -> notation.call("clip", a.text() + ", " + b.text() + ", " + c.text());
      default -> throw unknown(node);
    };
  }

  private String minus() {
    return notation.sign(Sign.MINUS);
  }

  /** The second summand after its sign. */
  private String signed(Term b) {
    return b.precedence() <= Term.NEGATIVE && b.text().startsWith(minus())
        ? " " + minus() + " " + b.text().substring(1)
        : " + " + notation.within(b, Term.SUM);
  }

  /** Whether a product reads better the other way round. */
  private static boolean constantFirst(Expr product) {
    return product.operands().get(1).operator() == Operator.CONSTANT
        && product.operands().get(0).operator() != Operator.CONSTANT;
  }

  private Term product(Term a, Term b) {
    if (a.isNegative()) {
      return new Term(minus() + product(a.negated(), b).text(), Term.SUM);
    }
    String left = notation.within(a, Term.PRODUCT);
    String right = notation.within(b, Term.PRODUCT);
    return new Term(left + notation.times(left, right) + right, Term.PRODUCT);
  }

  private Term relation(Term a, Sign sign, Term b) {
    return new Term(
        notation.within(a, Term.SUM) + notation.sign(sign) + notation.within(b, Term.SUM),
        Term.SUM);
  }

  private Term reaching(Sign sign, Term a) {
    return new Term(notation.sign(sign) + notation.within(a, Term.PRODUCT), Term.REACHING);
  }

  private static IllegalArgumentException unknown(Expr node) {
    return new IllegalArgumentException("No notation for " + node);
  }

  /** Ends the writing at once. */
  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super(null, null, false, false);
    }
  }
}
