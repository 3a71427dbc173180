package dev.losses.benchmarks;

import dev.losses.spi.Expr;
import dev.losses.spi.Inputs;
import dev.losses.spi.LossFunction;
import dev.losses.spi.LossName;
import dev.losses.spi.MultiFormLoss;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Operator;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pointwise loss with its default parameters. Those that do as much work an element belong to one group. */
record Pointwise(String loss, Group group) {

  /**
   * What should take as long.
   *
   * @param functions how many exponentials and logarithms one element takes
   * @param quotients how many divisions and square roots
   * @param inputs how many arrays are read
   */
  record Group(int functions, int quotients, int inputs) implements Comparable<Group> {

    @Override
    public int compareTo(Group other) {
      return Comparator.comparingInt(Group::functions)
          .thenComparingInt(Group::quotients)
          .thenComparingInt(Group::inputs)
          .compare(this, other);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d, %d, %d", functions, quotients, inputs);
    }
  }

  /** All of the catalogue. */
  static List<Pointwise> all() {
    return ServiceLoader.load(LossFunction.class).stream()
        .map(ServiceLoader.Provider::get)
        .flatMap(Pointwise::of)
        .sorted(Comparator.comparing(Pointwise::group).thenComparing(Pointwise::loss))
        .toList();
  }

  private static Stream<Pointwise> of(LossFunction function) {
    @Nullable NamedInputsLoss formula = formula(function);
    if (formula == null) {
      return Stream.empty();
    }
    Set<Expr> nodes = nodes(formula.loss(Inputs.of(formula.inputs())));
    if (nodes.stream().anyMatch(Pointwise::looksAlongTheRow)) {
      return Stream.empty();
    }
    LossName name =
        Objects.requireNonNull(function.getClass().getAnnotation(LossName.class), "has a name");
    Group group = new Group(
        nodes.stream().mapToInt(Pointwise::functionsOf).sum(),
        (int) nodes.stream().filter(Pointwise::isQuotient).count(),
        formula.inputs().size());
    return Stream.of(new Pointwise(name.value(), group));
  }

  private static @Nullable NamedInputsLoss formula(LossFunction function) {
    if (function instanceof MultiFormLoss several) {
      return several.usualForm();
    }
    return function instanceof NamedInputsLoss formula ? formula : null;
  }

  private static Set<Expr> nodes(Expr root) {
    Set<Expr> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expr> pending = new ArrayDeque<>(List.of(root));
    while (!pending.isEmpty()) {
      Expr node = pending.remove();
      if (nodes.add(node)) {
        pending.addAll(node.operands());
      }
    }
    return nodes;
  }

  private static boolean looksAlongTheRow(Expr node) {
    return switch (node.operator()) {
      case PER_CLASS, CLASS_INDEX, LAST_AXIS_SIZE -> true;
      case SUM, MEAN, MAX, LOG_SUM_EXP, SOFTMAX, LOG_SOFTMAX, NORM, AT -> true;
      default -> false;
    };
  }

  /** Quotients of constants are computed once a call. */
  private static boolean isQuotient(Expr node) {
    boolean slow = node.operator() == Operator.DIVIDE || node.operator() == Operator.SQRT;
    return slow && nodes(node).stream().anyMatch(inner -> inner.operator() == Operator.INPUT);
  }

  private static int functionsOf(Expr node) {
    return switch (node.operator()) {
      case EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID -> 1;
      // Both take an exponential and a logarithm.
      case SOFTPLUS, POWER -> 2;
      default -> 0;
    };
  }
}
