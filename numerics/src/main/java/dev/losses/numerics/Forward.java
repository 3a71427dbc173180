package dev.losses.numerics;

import dev.losses.spi.Expr;
import dev.losses.spi.Operator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The value of every step for one row. Truth is 1 or 0. */
final class Forward {
  private final Reference reference;
  private final Map<String, List<Real>> inputs;
  private final int columns;
  private final List<List<Real>> values = new ArrayList<>();

  Forward(Reference reference, Map<String, List<Real>> inputs, int columns) {
    this.reference = reference;
    this.inputs = inputs;
    this.columns = columns;
    reference.steps().forEach(step -> values.add(compute(step)));
  }

  /** The root, averaged where it has a value for each element. */
  Real loss() {
    List<Real> root = values.get(values.size() - 1);
    return root.size() == 1 ? root.get(0) : sum(root).div(Real.of(root.size()));
  }

  /** The value of a step at a column; a row's value repeats. */
  Real at(int step, int column) {
    return at(values.get(step), column);
  }

  /** The values of a step at every column. */
  List<Real> row(int step) {
    return IntStream.range(0, columns).mapToObj(column -> at(step, column)).toList();
  }

  private List<Real> compute(Reference.Step step) {
    Expr expr = step.expr();
    return switch (expr.operator()) {
      case INPUT -> Objects.requireNonNull(inputs.get(expr.name()));
      case CONSTANT -> List.of(reference.constant(expr.value()));
      case PER_CLASS -> {
        List<Double> numbers = expr.perClassValues();
        yield each(column -> reference.constant(numbers.get(numbers.size() == 1 ? 0 : column)));
      }
      case CLASS_INDEX -> each(Real::of);
      case LAST_AXIS_SIZE -> List.of(Real.of(columns));
      case SUM -> List.of(sum(row(step.operands().get(0))));
      case MEAN -> List.of(sum(row(step.operands().get(0))).div(Real.of(columns)));
      case MAX -> List.of(max(row(step.operands().get(0))));
      case LOG_SUM_EXP -> List.of(logSumExp(row(step.operands().get(0))));
      case NORM -> List.of(norm(row(step.operands().get(0)), expr.value()));
      case AT -> List.of(pick(step));
      case SOFTMAX, LOG_SOFTMAX -> {
        Real logSumExp = logSumExp(row(step.operands().get(0)));
        boolean log = expr.operator() == Operator.LOG_SOFTMAX;
        yield forEach(step, column -> {
          Real difference = at(step.operands().get(0), column).minus(logSumExp);
          return log ? difference : Functions.exp(difference);
        });
      }
      default ->
        forEach(
            step,
            column -> Pointwise.compute(
                expr.operator(),
                step.operands().stream().map(operand -> at(operand, column)).toList()));
    };
  }

  private List<Real> forEach(Reference.Step step, IntFunction<Real> value) {
    return step.element() ? each(value) : List.of(value.apply(0));
  }

  private List<Real> each(IntFunction<Real> value) {
    return IntStream.range(0, columns).mapToObj(value).toList();
  }

  private Real pick(Reference.Step step) {
    double index = at(step.operands().get(1), 0).toDouble();
    boolean inside = index >= 0 && index < columns && index == Math.rint(index);
    return inside ? at(step.operands().get(0), (int) index) : Real.ZERO;
  }

  private Real norm(List<Real> row, double p) {
    List<Real> sizes = row.stream().map(Real::abs).toList();
    if (p == 1) {
      return sum(sizes);
    }
    if (Double.isInfinite(p)) {
      return max(sizes);
    }
    if (p == 2) {
      return sum(row.stream().map(x -> x.times(x)).toList()).sqrt();
    }
    Real exponent = reference.constant(p);
    Real sum = sum(sizes.stream().map(size -> Functions.pow(size, exponent)).toList());
    return sum.isZero() ? Real.ZERO : Functions.pow(sum, Real.ONE.div(exponent));
  }

  private static Real logSumExp(List<Real> row) {
    Real max = max(row);
    if (!max.isFinite()) {
      return max;
    }
    return Functions.log(sum(row.stream().map(x -> Functions.exp(x.minus(max))).toList()))
        .plus(max);
  }

  private static Real at(List<Real> values, int column) {
    return values.get(values.size() == 1 ? 0 : column);
  }

  private static Real sum(List<Real> row) {
    return row.stream().reduce(Real.ZERO, Real::plus);
  }

  private static Real max(List<Real> row) {
    return row.stream().filter(Real::isNan).findFirst().orElseGet(() -> Collections.max(row));
  }
}
