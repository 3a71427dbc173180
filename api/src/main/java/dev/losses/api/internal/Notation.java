package dev.losses.api.internal;

import java.util.List;

/** A way of writing mathematics: what each piece looks like. What the pieces are is {@link FormulaWriter}'s. */
interface Notation {

  /** A sign. */
  String sign(Sign sign);

  /** A parameter or an input. */
  String symbol(String name);

  /** A text in parentheses. */
  String parentheses(String text);

  /** What stands between two factors. */
  String times(String left, String right);

  /** {@code above / below}. */
  Term fraction(Term above, Term below);

  /** {@code base ^ exponent}. */
  Term power(Term base, Term exponent);

  /** {@code e ^ exponent}. */
  Term exponential(Term exponent);

  /** The square root. */
  Term root(Term of);

  /** The absolute value. */
  Term absolute(Term of);

  /** The p-norm over the last axis. */
  Term norm(Term of, Term p);

  /** A function, {@code ln} or {@code softmax}, of its arguments. */
  Term call(String function, String arguments);

  /** The element at an index. */
  Term at(Term row, Term index);

  /** The element of a constant row that belongs to the class. */
  Term perClass(List<Term> values);

  /** A case distinction. */
  Term cases(Term condition, Term then, Term otherwise);

  /** The text, in parentheses unless it binds at least as tightly as asked. */
  default String within(Term term, int least) {
    return term.precedence() >= least ? term.text() : parentheses(term.text());
  }
}
