package dev.losses.spi;

/** What a node of an {@link Expr} computes from its operands. */
public enum Operator {
  /** A declared input, {@link Expr#name()}. */
  INPUT,
  /** The number {@link Expr#value()}. */
  CONSTANT,
  /** A constant for every class, {@link Expr#perClassValues()}. */
  PER_CLASS,
  /** The position along the last axis: 0, 1, 2, ... */
  CLASS_INDEX,
  /** The size of the last axis. */
  LAST_AXIS_SIZE,

  /** {@code a + b}. */
  ADD,
  /** {@code a - b}. */
  SUBTRACT,
  /** {@code a * b}. */
  MULTIPLY,
  /** {@code a / b}. */
  DIVIDE,
  /** {@code -a}. */
  NEGATE,
  /** {@code a ^ b}. */
  POWER,
  /** {@code a * a}. */
  SQUARE,
  /** Square root. */
  SQRT,
  /** Absolute value; its derivative at 0 is 0. */
  ABS,
  /** {@code e ^ a}. */
  EXP,
  /** {@code e ^ a - 1}, exact near 0. */
  EXPM1,
  /** Natural logarithm. */
  LOG,
  /** {@code ln(1 + a)}, exact near 0. */
  LOG1P,
  /** Hyperbolic tangent. */
  TANH,
  /** {@code 1 / (1 + e ^ -a)}. */
  SIGMOID,
  /** {@code ln(1 + e ^ a)}, which never overflows. */
  SOFTPLUS,
  /** The larger of two. */
  MAXIMUM,
  /** The smaller of two. */
  MINIMUM,
  /** {@code a} limited to [b, c]; its derivative is 1 at a bound and 0 outside. */
  CLIP,
  /** {@code a}, through which no gradient flows. */
  DETACH,

  /** Whether {@code a < b}. */
  LESS,
  /** Whether {@code a <= b}. */
  AT_MOST,
  /** Whether {@code a == b}. */
  EQUAL,
  /** Whether both hold. */
  AND,
  /** Whether at least one holds. */
  OR,
  /** Whether it does not hold. */
  NOT,
  /** {@code b} where {@code a} holds, else {@code c}. */
  WHERE,

  /** Sum over the last axis. */
  SUM,
  /** Mean over the last axis. */
  MEAN,
  /** Largest value of the last axis; ties share the gradient equally. */
  MAX,
  /** {@code ln(sum(e ^ a))} over the last axis, which never overflows. */
  LOG_SUM_EXP,
  /** {@code e ^ a / sum(e ^ a)} over the last axis. */
  SOFTMAX,
  /** {@code a - ln(sum(e ^ a))} over the last axis. */
  LOG_SOFTMAX,
  /** {@code (sum(abs(a) ^ p)) ^ (1 / p)} over the last axis, with {@code p = } {@link Expr#value()}. */
  NORM,
  /** The element of {@code a} at index {@code b} of the last axis; 0 where the index is not one of the axis. */
  AT,

  /** {@code a}, counting {@code b} in the mean. At the root of a formula only. */
  COUNTED_AS
}
