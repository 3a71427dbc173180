package dev.losses.engine.internal.graph;

import dev.losses.spi.Expr;
import dev.losses.spi.Input;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/** Reads an author's {@link Expr} into a {@link Structure} and the numbers that were taken out of it. */
final class ExpressionReader {
  private final List<String> names;
  private final Expr root;
  private final List<Structure.Source> slots = new ArrayList<>();
  private final List<Structure.Term> terms = new ArrayList<>();
  private final List<Double> arguments = new ArrayList<>();
  private final List<List<Double>> classValues = new ArrayList<>();
  private final IdentityHashMap<Expr, Integer> positions = new IdentityHashMap<>();

  ExpressionReader(List<Input> inputs, Expr root) {
    this.names = inputs.stream().map(Input::name).toList();
    this.root = root;
    for (Input input : inputs) {
      slots.add(Structure.Source.of(input, arguments.size()));
      arguments.addAll(input.excepted());
    }
    read();
  }

  Structure structure() {
    return new Structure(List.copyOf(slots), List.copyOf(terms));
  }

  double[] arguments() {
    return arguments.stream().mapToDouble(Double::doubleValue).toArray();
  }

  List<List<Double>> classValues() {
    return List.copyOf(classValues);
  }

  /** Operands first, without recursion: a formula may be deep. */
  private void read() {
    Deque<Expr> pending = new ArrayDeque<>(List.of(root));
    while (!pending.isEmpty()) {
      Expr expr = pending.peek();
      boolean complete = true;
      for (Expr operand : expr.operands()) {
        if (!positions.containsKey(operand)) {
          pending.push(operand);
          complete = false;
        }
      }
      if (complete) {
        pending.pop();
        if (!positions.containsKey(expr)) {
          terms.add(term(expr));
          positions.put(expr, terms.size() - 1);
        }
      }
    }
  }

  private Structure.Term term(Expr expr) {
    List<Integer> operands = expr.operands().stream()
        .map(operand -> Objects.requireNonNull(positions.get(operand)))
        .toList();
    int index = 0;
    double order = 0;
    switch (expr.operator()) {
      case INPUT -> index = input(expr.name());
      case CONSTANT -> index = argument(expr.value());
      case PER_CLASS -> {
        index = classValues.size();
        classValues.add(expr.perClassValues());
      }
      case NORM -> {
        // These orders have formulas of their own; any other is a number like the rest.
        if (expr.value() == 1 || expr.value() == 2 || Double.isInfinite(expr.value())) {
          order = expr.value();
        } else {
          index = argument(expr.value());
        }
      }
      case COUNTED_AS -> {
        if (expr != root) {
          throw new IllegalArgumentException(
              "countedAs stands only at the root of a formula: what a loss "
                  + "counts for cannot enter into further arithmetic");
        }
      }
      default -> {}
    }
    return new Structure.Term(expr.operator(), index, order, operands);
  }

  private int argument(double value) {
    arguments.add(value);
    return arguments.size() - 1;
  }

  private int input(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "the formula reads an input '" + name + "' of another loss");
    }
    return index;
  }
}
