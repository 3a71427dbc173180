package dev.losses.numerics;

import dev.losses.spi.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The derivatives of a row's loss with respect to every step, from the root back. At a kink they follow the convention of
 * {@code docs/decisions.md}; an adjoint of 0 stays 0 whatever it is multiplied by.
 */
final class Backward {
  private final List<Reference.Step> steps;
  private final Reference reference;
  private final Forward forward;
  private final int columns;
  private final List<Real[]> adjoints = new ArrayList<>();

  Backward(Reference reference, Forward forward, int columns) {
    this.reference = reference;
    this.steps = reference.steps();
    this.forward = forward;
    this.columns = columns;
    for (Reference.Step step : steps) {
      Real[] zeros = new Real[step.element() ? columns : 1];
      Arrays.fill(zeros, Real.ZERO);
      adjoints.add(zeros);
    }
    Real[] root = adjoints.get(steps.size() - 1);
    Arrays.fill(root, Real.ONE.div(Real.of(root.length)));
    for (int step = steps.size() - 1; step >= 0; step--) {
      for (int column = 0; column < adjoints.get(step).length; column++) {
        Real adjoint = adjoints.get(step)[column];
        if (!adjoint.isZero()) {
          distribute(step, column, adjoint);
        }
      }
    }
  }

  Map<String, List<Real>> gradients(Map<String, List<Real>> inputs) {
    Map<String, List<Real>> gradients = new LinkedHashMap<>();
    inputs.forEach((name, values) -> {
      Real[] gradient = new Real[values.size()];
      Arrays.fill(gradient, Real.ZERO);
      for (int step = 0; step < steps.size(); step++) {
        boolean isInput = steps.get(step).expr().operator() == Operator.INPUT;
        if (isInput && steps.get(step).expr().name().equals(name)) {
          for (int i = 0; i < gradient.length; i++) {
            gradient[i] = gradient[i].plus(adjoints.get(step)[i]);
          }
        }
      }
      gradients.put(name, List.of(gradient));
    });
    return gradients;
  }

  private void distribute(int step, int column, Real adjoint) {
    List<Integer> operands = steps.get(step).operands();
    switch (steps.get(step).expr().operator()) {
      case SUM -> addToAll(operands.get(0), adjoint);
      case MEAN -> addToAll(operands.get(0), adjoint.div(Real.of(columns)));
      case MAX -> largest(operands.get(0), adjoint);
      case LOG_SUM_EXP -> {
        Real value = forward.at(step, 0);
        for (int i = 0; i < columns; i++) {
          Real share = Functions.exp(forward.at(operands.get(0), i).minus(value));
          add(operands.get(0), i, adjoint.times(share));
        }
      }
      case SOFTMAX -> {
        Real own = forward.at(step, column);
        for (int i = 0; i < columns; i++) {
          Real other = forward.at(step, i).times(own).negate();
          add(operands.get(0), i, adjoint.times(i == column ? own.plus(other) : other));
        }
      }
      case LOG_SOFTMAX -> {
        for (int i = 0; i < columns; i++) {
          Real share = Functions.exp(forward.at(step, i)).negate();
          add(operands.get(0), i, adjoint.times(i == column ? Real.ONE.plus(share) : share));
        }
      }
      case NORM -> norm(step, operands.get(0), adjoint);
      case AT -> {
        double index = forward.at(operands.get(1), 0).toDouble();
        if (index >= 0 && index < columns && index == Math.rint(index)) {
          add(operands.get(0), (int) index, adjoint);
        }
      }
      case INPUT, CONSTANT, PER_CLASS, CLASS_INDEX, LAST_AXIS_SIZE -> {}
      default -> pointwise(step, column, adjoint, operands);
    }
  }

  private void pointwise(int step, int column, Real adjoint, List<Integer> operands) {
    List<Real> x = operands.stream().map(operand -> forward.at(operand, column)).toList();
    List<Boolean> variable =
        operands.stream().map(operand -> steps.get(operand).variable()).toList();
    List<Real> slopes =
        Slopes.of(steps.get(step).expr().operator(), x, forward.at(step, column), variable);
    for (int i = 0; i < slopes.size(); i++) {
      Real slope = slopes.get(i);
      // 0 also where the adjoint is infinite, as that of a root at 0 is.
      add(operands.get(i), column, slope.isZero() ? Real.ZERO : adjoint.times(slope));
    }
  }

  private void largest(int operand, Real adjoint) {
    List<Real> row = forward.row(operand);
    Real largest = row.stream().reduce((a, b) -> a.isLess(b) ? b : a).orElseThrow();
    List<Integer> ties = IntStream.range(0, columns)
        .filter(i -> row.get(i).isSame(largest))
        .boxed()
        .toList();
    ties.forEach(i -> add(operand, i, adjoint.div(Real.of(ties.size()))));
  }

  private void norm(int step, int operand, Real adjoint) {
    Real norm = forward.at(step, 0);
    double p = steps.get(step).expr().value();
    for (int i = 0; i < columns && !norm.isZero(); i++) {
      Real x = forward.at(operand, i);
      Real sign = Real.of(x.signum());
      if (p == 1) {
        add(operand, i, adjoint.times(sign));
      } else if (!Double.isInfinite(p) && !x.isZero()) {
        Real power = Functions.pow(x.abs().div(norm), reference.constant(p).minus(Real.ONE));
        add(operand, i, adjoint.times(sign).times(power));
      }
    }
    if (Double.isInfinite(p) && !norm.isZero()) {
      List<Integer> ties = IntStream.range(0, columns)
          .filter(i -> forward.at(operand, i).abs().isSame(norm))
          .boxed()
          .toList();
      for (int i : ties) {
        Real sign = Real.of(forward.at(operand, i).signum());
        add(operand, i, adjoint.times(sign).div(Real.of(ties.size())));
      }
    }
  }

  private void addToAll(int operand, Real adjoint) {
    for (int i = 0; i < columns; i++) {
      add(operand, i, adjoint);
    }
  }

  private void add(int operand, int column, Real adjoint) {
    Real[] sums = adjoints.get(operand);
    int i = sums.length == 1 ? 0 : column;
    sums[i] = sums[i].plus(adjoint);
  }
}
