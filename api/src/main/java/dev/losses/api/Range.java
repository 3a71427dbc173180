package dev.losses.api;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An interval of numbers.
 *
 * @param min the lower bound, possibly -Infinity
 * @param minAllowed whether the lower bound itself is in the interval
 * @param max the upper bound, possibly Infinity
 * @param maxAllowed whether the upper bound itself is in the interval
 */
public record Range(double min, boolean minAllowed, double max, boolean maxAllowed) {
  /** Every finite number. */
  public static final Range ALL =
      new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

  /** What both this and another allow. */
  public Range and(Range other) {
    boolean otherMin = other.min > min || (other.min == min && !other.minAllowed);
    boolean otherMax = other.max < max || (other.max == max && !other.maxAllowed);
    return new Range(
        otherMin ? other.min : min,
        otherMin ? other.minAllowed : minAllowed,
        otherMax ? other.max : max,
        otherMax ? other.maxAllowed : maxAllowed);
  }

  /** Whether the number lies in the interval. */
  public boolean contains(double value) {
    return (minAllowed ? value >= min : value > min) && (maxAllowed ? value <= max : value < max);
  }

  /** The bounds as JSON Schema keywords. */
  public Map<String, Object> jsonSchema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (Double.isFinite(min)) {
      schema.put(minAllowed ? "minimum" : "exclusiveMinimum", number(min));
    }
    if (Double.isFinite(max)) {
      schema.put(maxAllowed ? "maximum" : "exclusiveMaximum", number(max));
    }
    return schema;
  }

  /** The interval in words: {@code > 0}, {@code in [0, 1]}. */
  @Override
  public String toString() {
    boolean below = Double.isFinite(min);
    boolean above = Double.isFinite(max);
    if (below && above) {
      return "in " + (minAllowed ? "[" : "(") + text(min) + ", " + text(max)
          + (maxAllowed ? "]" : ")");
    }
    if (below) {
      return (minAllowed ? ">= " : "> ") + text(min);
    }
    return above ? (maxAllowed ? "<= " : "< ") + text(max) : "a finite number";
  }

  private static String text(double bound) {
    return number(bound).toString();
  }

  /** A whole bound reads better without a fraction. */
  private static Number number(double bound) {
    if (bound == Math.rint(bound) && Math.abs(bound) < 1e15) {
      return (long) bound;
    }
    return bound;
  }
}
