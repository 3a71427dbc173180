package dev.losses.engine.internal.graph;

import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.Extent;
import dev.losses.spi.Input;
import dev.losses.spi.Operator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A formula without its numbers: bound losses that differ in nothing but parameters have equal structures, and share all
 * that is made from it. Holds nothing of the loss's own classes.
 *
 * @param inputs what the formula reads
 * @param terms its nodes, operands first, the whole last
 */
public record Structure(List<Source> inputs, List<Term> terms) {
  private static final Set<Operator> ALONG_ROWS = EnumSet.of(
      Operator.PER_CLASS,
      Operator.CLASS_INDEX,
      Operator.LAST_AXIS_SIZE,
      Operator.SUM,
      Operator.MEAN,
      Operator.MAX,
      Operator.LOG_SUM_EXP,
      Operator.SOFTMAX,
      Operator.LOG_SOFTMAX,
      Operator.NORM,
      Operator.AT);

  /**
   * An input without its name.
   *
   * @param excepted the argument that holds its first excepted value
   * @param exceptions how many values are excepted from its domain
   */
  public record Source(
      Domain domain, Extent extent, boolean differentiable, int excepted, int exceptions) {
    static Source of(Input input, int excepted) {
      return new Source(
          input.domain(),
          input.extent(),
          input.differentiable(),
          excepted,
          input.excepted().size());
    }
  }

  /**
   * One node of an {@link Expr}.
   *
   * @param index which input, argument or row of class values it is or, for a norm of any order, takes; else 0
   * @param order the order of a norm that is 1, 2 or infinite; else 0
   * @param operands positions of earlier terms
   */
  public record Term(Operator operator, int index, double order, List<Integer> operands) {}

  /** Whether a row of the last axis is computed as a whole, rather than element by element. */
  public boolean byRow() {
    return inputs.stream().anyMatch(input -> input.extent() == Extent.ROW)
        || terms.stream().anyMatch(term -> ALONG_ROWS.contains(term.operator()));
  }

  /** Whether positions may count for something else than 1 in the mean. */
  public boolean countsDiffer() {
    return root().operator() == Operator.COUNTED_AS;
  }

  Term root() {
    return terms.get(terms.size() - 1);
  }
}
