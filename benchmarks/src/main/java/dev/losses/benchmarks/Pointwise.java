package dev.losses.benchmarks;

import dev.losses.spi.Expr;
import dev.losses.spi.Inputs;
import dev.losses.spi.LossFunction;
import dev.losses.spi.LossName;
import dev.losses.spi.MultiFormLoss;
import dev.losses.spi.NamedInputsLoss;
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

/**
 * A pointwise loss with its default parameters. Those with as many elementary functions belong to one group: they should
 * take as long as each other.
 *
 * @param functions how many exponentials and logarithms one element takes
 */
record Pointwise(String loss, int functions) {

  /** All of the catalogue. */
  static List<Pointwise> all() {
    return ServiceLoader.load(LossFunction.class).stream()
        .map(ServiceLoader.Provider::get)
        .flatMap(Pointwise::of)
        .sorted(Comparator.comparing(Pointwise::functions).thenComparing(Pointwise::loss))
        .toList();
  }

  String group() {
    return switch (functions) {
      case 0 -> "arithmetic alone";
      case 1 -> "one function";
      default -> String.format(Locale.ROOT, "%d functions", functions);
    };
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
    return Stream.of(new Pointwise(
        name.value(), nodes.stream().mapToInt(Pointwise::functionsOf).sum()));
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

  private static int functionsOf(Expr node) {
    return switch (node.operator()) {
      case EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID -> 1;
      // Both take an exponential and a logarithm.
      case SOFTPLUS, POWER -> 2;
      default -> 0;
    };
  }
}
