package dev.losses.spi;

import java.util.List;
import java.util.Locale;

/**
 * An expression of a loss's inputs: an immutable node of a directed acyclic graph.
 *
 * <p>Values are numbers per element, per row of the last axis, or the same everywhere; a row's value repeats over its
 * last axis where it meets values per element. The engine computes the value and, by reverse differentiation, the
 * gradient. An adjoint of exactly 0 stays 0 whatever it is multiplied by, so a branch of {@link #where} that is not
 * taken never poisons a gradient.
 *
 * <p>Method names follow Kotlin's and Scala's operator conventions, so {@code a - b} works there.
 */
public final class Expr {
  private final Operator operator;
  private final List<Expr> operands;
  private final Object payload;

  private Expr(Operator operator, List<Expr> operands, Object payload) {
    this.operator = operator;
    this.operands = operands;
    this.payload = payload;
  }

  static Expr of(Operator operator, Expr... operands) {
    return of(operator, List.of(operands));
  }

  static Expr of(Operator operator, List<Expr> operands) {
    return new Expr(operator, operands, operator);
  }

  static Expr input(String name) {
    return new Expr(Operator.INPUT, List.of(), name);
  }

  /** A number, the same everywhere. */
  public static Expr constant(double value) {
    return new Expr(Operator.CONSTANT, List.of(), value);
  }

  /**
   * A constant for every class, laid along the last axis.
   *
   * @param values one for each class, or a single one for all; another length is an error at evaluation
   */
  public static Expr perClass(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("perClass needs at least one value");
    }
    return new Expr(Operator.PER_CLASS, List.of(), List.copyOf(values));
  }

  /** The position along the last axis: 0 for the first class, 1 for the second, ... */
  public static Expr classIndex() {
    return of(Operator.CLASS_INDEX);
  }

  /** The size of the last axis: the number of classes. */
  public static Expr lastAxisSize() {
    return of(Operator.LAST_AXIS_SIZE);
  }

  /** {@code then} where the condition holds, else {@code otherwise}. The other branch influences nothing. */
  public static Expr where(Condition condition, Expr then, Expr otherwise) {
    return Condition.select(condition, then, otherwise);
  }

  /** {@link #where(Condition, Expr, Expr)} with a number. */
  public static Expr where(Condition condition, double then, Expr otherwise) {
    return where(condition, constant(then), otherwise);
  }

  /** {@link #where(Condition, Expr, Expr)} with a number. */
  public static Expr where(Condition condition, Expr then, double otherwise) {
    return where(condition, then, constant(otherwise));
  }

  /** {@link #where(Condition, Expr, Expr)} with two numbers. */
  public static Expr where(Condition condition, double then, double otherwise) {
    return where(condition, constant(then), constant(otherwise));
  }

  /** {@code this + other}. */
  public Expr plus(Expr other) {
    return of(Operator.ADD, this, other);
  }

  /** {@code this + other}. */
  public Expr plus(double other) {
    return plus(constant(other));
  }

  /** {@code this - other}. */
  public Expr minus(Expr other) {
    return of(Operator.SUBTRACT, this, other);
  }

  /** {@code this - other}. */
  public Expr minus(double other) {
    return minus(constant(other));
  }

  /** {@code this * other}. */
  public Expr times(Expr other) {
    return of(Operator.MULTIPLY, this, other);
  }

  /** {@code this * other}. */
  public Expr times(double other) {
    return times(constant(other));
  }

  /** {@code this / other}. */
  public Expr div(Expr other) {
    return of(Operator.DIVIDE, this, other);
  }

  /** {@code this / other}. */
  public Expr div(double other) {
    return div(constant(other));
  }

  /** {@code -this}. */
  public Expr unaryMinus() {
    return of(Operator.NEGATE, this);
  }

  /** {@code this ^ exponent}, with the special cases of {@link Math#pow}. */
  public Expr pow(Expr exponent) {
    return of(Operator.POWER, this, exponent);
  }

  /** {@code this ^ exponent}, with the special cases of {@link Math#pow}. */
  public Expr pow(double exponent) {
    return pow(constant(exponent));
  }

  /** {@code this * this}. */
  public Expr squared() {
    return of(Operator.SQUARE, this);
  }

  /** The square root; NaN below 0. */
  public Expr sqrt() {
    return of(Operator.SQRT, this);
  }

  /** The absolute value; its derivative at 0 is 0. */
  public Expr abs() {
    return of(Operator.ABS, this);
  }

  /** {@code e ^ this}. */
  public Expr exp() {
    return of(Operator.EXP, this);
  }

  /** {@code e ^ this - 1}, exact near 0. */
  public Expr expm1() {
    return of(Operator.EXPM1, this);
  }

  /** The natural logarithm; NaN below 0, -Infinity at 0. */
  public Expr log() {
    return of(Operator.LOG, this);
  }

  /** {@code ln(1 + this)}, exact near 0. */
  public Expr log1p() {
    return of(Operator.LOG1P, this);
  }

  /** The hyperbolic tangent. */
  public Expr tanh() {
    return of(Operator.TANH, this);
  }

  /** The logistic function {@code 1 / (1 + e ^ -this)}. */
  public Expr sigmoid() {
    return of(Operator.SIGMOID, this);
  }

  /** {@code ln(1 + e ^ this)}, which never overflows. */
  public Expr softplus() {
    return of(Operator.SOFTPLUS, this);
  }

  /** The larger of two; where they are equal each gets half the gradient. NaN where either is. */
  public Expr maximum(Expr other) {
    return of(Operator.MAXIMUM, this, other);
  }

  /** The larger of this and a number; where they are equal the gradient is 0. */
  public Expr maximum(double other) {
    return maximum(constant(other));
  }

  /** The smaller of two; where they are equal each gets half the gradient. NaN where either is. */
  public Expr minimum(Expr other) {
    return of(Operator.MINIMUM, this, other);
  }

  /** The smaller of this and a number; where they are equal the gradient is 0. */
  public Expr minimum(double other) {
    return minimum(constant(other));
  }

  /** This value limited to [min, max]; the gradient is 1 within and at a bound, 0 outside. */
  public Expr clip(double min, double max) {
    return of(Operator.CLIP, this, constant(min), constant(max));
  }

  /** The same value, through which no gradient flows. */
  public Expr detached() {
    return of(Operator.DETACH, this);
  }

  /** Whether {@code this < other}. */
  public Condition lessThan(Expr other) {
    return Condition.compare(Operator.LESS, this, other);
  }

  /** Whether {@code this < other}. */
  public Condition lessThan(double other) {
    return lessThan(constant(other));
  }

  /** Whether {@code this <= other}. */
  public Condition atMost(Expr other) {
    return Condition.compare(Operator.AT_MOST, this, other);
  }

  /** Whether {@code this <= other}. */
  public Condition atMost(double other) {
    return atMost(constant(other));
  }

  /** Whether {@code this > other}. */
  public Condition greaterThan(Expr other) {
    return other.lessThan(this);
  }

  /** Whether {@code this > other}. */
  public Condition greaterThan(double other) {
    return greaterThan(constant(other));
  }

  /** Whether {@code this >= other}. */
  public Condition atLeast(Expr other) {
    return other.atMost(this);
  }

  /** Whether {@code this >= other}. */
  public Condition atLeast(double other) {
    return atLeast(constant(other));
  }

  /** Whether {@code this == other}; NaN equals nothing. */
  public Condition equalTo(Expr other) {
    return Condition.compare(Operator.EQUAL, this, other);
  }

  /** Whether {@code this == other}. */
  public Condition equalTo(double other) {
    return equalTo(constant(other));
  }

  /** The sum over the last axis. */
  public Expr sum() {
    return of(Operator.SUM, this);
  }

  /** The mean over the last axis. */
  public Expr mean() {
    return of(Operator.MEAN, this);
  }

  /** The largest value of the last axis; equal ones share the gradient equally. */
  public Expr max() {
    return of(Operator.MAX, this);
  }

  /** {@code ln(sum(e ^ this))} over the last axis, which never overflows. */
  public Expr logSumExp() {
    return of(Operator.LOG_SUM_EXP, this);
  }

  /** {@code e ^ this / sum(e ^ this)} over the last axis. */
  public Expr softmax() {
    return of(Operator.SOFTMAX, this);
  }

  /** {@code this - logSumExp(this)} over the last axis. */
  public Expr logSoftmax() {
    return of(Operator.LOG_SOFTMAX, this);
  }

  /**
   * The p-norm over the last axis; the gradient of a zero row is 0.
   *
   * @param p at least 1; infinity gives the largest absolute value
   * @throws IllegalArgumentException when p is below 1 or NaN
   */
  public Expr norm(double p) {
    if (!(p >= 1)) {
      throw new IllegalArgumentException("norm needs p >= 1, not " + p);
    }
    return new Expr(Operator.NORM, List.of(this), p);
  }

  /** The element at an index of the last axis; 0 where the index is not one of the axis. */
  public Expr at(Expr index) {
    return of(Operator.AT, this, index);
  }

  /**
   * The same loss, counting {@code count} instead of 1 in the mean. The count is a constant to the gradient.
   *
   * <p>Only at the root of a formula. Class weights: {@code l.times(w).countedAs(w)}. An ignored class: {@code
   * where(ignored, 0, l).countedAs(where(ignored, 0, 1))}.
   */
  public Expr countedAs(Expr count) {
    return of(Operator.COUNTED_AS, this, count);
  }

  /** What this node computes. */
  public Operator operator() {
    return operator;
  }

  /** What it computes it from. */
  public List<Expr> operands() {
    return operands;
  }

  /** The number of a {@link Operator#CONSTANT}, the p of a {@link Operator#NORM}. */
  public double value() {
    return (double) payload;
  }

  /** The name of an {@link Operator#INPUT}. */
  public String name() {
    return (String) payload;
  }

  /** The numbers of a {@link Operator#PER_CLASS}. */
  public List<Double> perClassValues() {
    return ((List<?>) payload).stream().map(Double.class::cast).toList();
  }

  /** The operator alone: a graph with shared nodes may be far too large to print as a tree. */
  @Override
  public String toString() {
    return payload == operator
        ? operator.name().toLowerCase(Locale.ROOT)
        : operator.name().toLowerCase(Locale.ROOT) + "(" + payload + ")";
  }
}
