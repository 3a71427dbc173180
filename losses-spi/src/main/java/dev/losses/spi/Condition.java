package dev.losses.spi;

import java.util.List;

/** Something that holds or not, element by element: the outcome of a comparison. Immutable. */
public final class Condition {
  private final Expr expression;

  private Condition(Expr expression) {
    this.expression = expression;
  }

  static Condition compare(Operator operator, Expr left, Expr right) {
    return new Condition(Expr.of(operator, left, right));
  }

  /** Holds where both hold. */
  public Condition and(Condition other) {
    return new Condition(Expr.of(Operator.AND, expression, other.expression));
  }

  /** Holds where at least one holds. */
  public Condition or(Condition other) {
    return new Condition(Expr.of(Operator.OR, expression, other.expression));
  }

  /** Holds where this does not; a comparison with NaN does not hold, so its opposite does. */
  public Condition not() {
    return new Condition(Expr.of(Operator.NOT, expression));
  }

  /** The node of the expression graph, for those who read graphs. */
  public Expr expression() {
    return expression;
  }

  @Override
  public String toString() {
    return expression.toString();
  }

  static Expr select(Condition condition, Expr then, Expr otherwise) {
    return Expr.of(Operator.WHERE, List.of(condition.expression, then, otherwise));
  }
}
