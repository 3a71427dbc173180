package dev.losses.numerics;

import dev.losses.spi.DType;
import dev.losses.spi.Expr;
import dev.losses.spi.Extent;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The exact value and gradient of a formula, row by row. It reads the formula that the engine compiles and shares nothing
 * else with it. Constants are rounded to the dtype, since that is what the engine computes with.
 */
final class Reference implements ExactLoss {
  private final List<Step> steps = new ArrayList<>();
  private final DType dtype;
  private final Set<String> perElement;

  /**
   * A node of the formula.
   *
   * @param operands positions of earlier steps
   * @param element whether it has a value for each element rather than one for the row
   * @param variable whether it depends on an input
   */
  record Step(Expr expr, List<Integer> operands, boolean element, boolean variable) {}

  Reference(NamedInputsLoss loss, DType dtype) {
    this.dtype = dtype;
    this.perElement = loss.inputs().stream()
        .filter(input -> input.extent() == Extent.ELEMENT)
        .map(Input::name)
        .collect(Collectors.toUnmodifiableSet());
    read(loss.loss(Inputs.of(loss.inputs())));
  }

  List<Step> steps() {
    return steps;
  }

  /** A number of the author's as the engine has it. */
  Real constant(double value) {
    return Real.of(dtype == DType.FLOAT32 ? (float) value : value);
  }

  /**
   * The loss of one row and its gradient with respect to every input.
   *
   * @param inputs the values of the row by name; one value for an input per row
   */
  @Override
  public ExactRow evaluate(Map<String, List<Real>> inputs, int columns) {
    Forward forward = new Forward(this, inputs, columns);
    Real loss = forward.loss();
    return new ExactRow(List.of(loss), new Backward(this, forward, columns).gradients(inputs));
  }

  /** Operands first, without recursion: a formula may be deep. */
  private void read(Expr root) {
    IdentityHashMap<Expr, Integer> positions = new IdentityHashMap<>();
    Deque<Expr> pending = new ArrayDeque<>(List.of(root));
    while (!pending.isEmpty()) {
      Expr expr = pending.peek();
      List<Expr> missing = expr.operands().stream()
          .filter(operand -> !positions.containsKey(operand))
          .toList();
      if (missing.isEmpty()) {
        pending.pop();
        if (!positions.containsKey(expr)) {
          steps.add(step(
              expr,
              expr.operands().stream()
                  .map(operand -> Objects.requireNonNull(positions.get(operand)))
                  .toList()));
          positions.put(expr, steps.size() - 1);
        }
      } else {
        missing.forEach(pending::push);
      }
    }
  }

  private Step step(Expr expr, List<Integer> operands) {
    boolean element = switch (expr.operator()) {
      case INPUT -> perElement.contains(expr.name());
      case PER_CLASS, CLASS_INDEX -> true;
      case SUM, MEAN, MAX, LOG_SUM_EXP, NORM, AT -> false;
      case COUNTED_AS -> steps.get(operands.get(0)).element();
      default -> operands.stream().anyMatch(operand -> steps.get(operand).element());
    };
    boolean variable = expr.operator() == Operator.INPUT
        || operands.stream().anyMatch(operand -> steps.get(operand).variable());
    return new Step(expr, operands, element, variable);
  }
}
