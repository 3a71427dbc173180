package dev.losses.engine.internal.kernel;

import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.Primitive;
import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.graph.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The order in which a graph is computed. A row is passed over once for each stage: what a stage sums up along the row
 * is known to the next. Values per element are computed again in every stage that needs them, so that nothing of a row's
 * length is kept; or those that take long are kept.
 *
 * @param uniform what is the same everywhere, computed once
 * @param stages the passes
 */
public record Schedule(List<Node> uniform, List<Stage> stages) {

  /**
   * One pass over a row.
   *
   * @param rows row values computed before the pass
   * @param elements element values computed during the pass, for a few columns at a time
   * @param kept element values that an earlier pass computed and kept
   * @param reductions what the pass sums up: operations on element values, complete after the pass
   * @param gradients element gradients written during the pass, by input index
   * @param violations element violations seen during the pass
   * @param sums what is added up over the elements; empty where it is over rows
   */
  public record Stage(
      List<Node> rows,
      List<Node> elements,
      List<Node> kept,
      List<Node> reductions,
      Map<Integer, Node> gradients,
      List<Node> violations,
      List<Node> sums) {}

  /** The schedule of a graph, in which nothing is kept. */
  public static Schedule of(LossGraph graph) {
    return of(graph, Integer.MAX_VALUE);
  }

  /**
   * The schedule of a graph.
   *
   * @param worthKeeping a value is kept when computing it again would take at least so many operations
   */
  public static Schedule of(LossGraph graph, int worthKeeping) {
    List<Node> nodes = ordered(graph.results());
    Levels levels = new Levels();
    nodes.forEach(levels::add);
    int last = nodes.stream().mapToInt(levels::of).max().orElse(0);
    List<Stage> stages = new ArrayList<>();
    Set<Node> worthIt = new HashSet<>();
    for (int level = 0; level <= last; level++) {
      Stage stage = stage(graph, nodes, levels, level, worthIt::contains);
      for (Node node : stage.elements()) {
        if (operationsAnew(node, worthIt) >= worthKeeping) {
          worthIt.add(node);
        }
      }
      stages.add(stage);
    }
    List<Node> uniform =
        nodes.stream().filter(node -> node.span() == Span.UNIFORM).toList();
    return new Schedule(uniform, stages);
  }

  /** How many operations it takes to compute a value again from what is read or kept. */
  private static long operationsAnew(Node node, Set<Node> kept) {
    return elementsFor(Set.of(node), kept::contains).stream()
        .filter(each -> each.operation() instanceof Primitive && !kept.contains(each))
        .count();
  }

  /** The stage in which a node is computed; a row operation's result is known one stage after its operand. */
  private static final class Levels {
    private final Map<Node, Integer> levels = new HashMap<>();

    void add(Node node) {
      int operands = dependencies(node).stream().mapToInt(this::of).max().orElse(0);
      levels.put(node, reduces(node) ? operands + 1 : operands);
    }

    int of(Node node) {
      return Objects.requireNonNull(levels.get(node));
    }
  }

  private static boolean reduces(Node node) {
    return node.operation() == RowOperation.SUM || node.operation() == RowOperation.MAX;
  }

  private static boolean perElement(Node node) {
    return node.span() == Span.ELEMENT || node.span() == Span.CLASS;
  }

  private static Stage stage(
      LossGraph graph, List<Node> nodes, Levels levels, int level, Predicate<Node> kept) {
    List<Node> rows = nodes.stream()
        .filter(node -> node.span() == Span.ROW && !reduces(node) && levels.of(node) == level)
        .toList();
    List<Node> reductions = nodes.stream()
        .filter(node -> reduces(node) && levels.of(node) == level + 1)
        .toList();
    Map<Integer, Node> gradients = new LinkedHashMap<>();
    graph.elementGradients().forEach((input, node) -> {
      if (levels.of(node) == level) {
        gradients.put(input, node);
      }
    });
    List<Node> violations = graph.violations().stream()
        .filter(node -> perElement(node) && levels.of(node) == level)
        .toList();
    Set<Node> wanted = new LinkedHashSet<>(violations);
    reductions.forEach(reduction -> wanted.add(reduction.operand(0)));
    wanted.addAll(gradients.values());
    List<Node> sums = graph.byRow() ? List.of() : graph.sums();
    wanted.addAll(sums);
    wanted.removeIf(node -> !perElement(node));
    Set<Node> needed = elementsFor(wanted, kept);
    return new Stage(
        rows,
        sorted(needed.stream().filter(kept.negate()).toList()),
        sorted(needed.stream().filter(kept).toList()),
        reductions,
        gradients,
        violations,
        sums);
  }

  /** What is needed of each element to know these values; what is known needs nothing. */
  private static Set<Node> elementsFor(Set<Node> wanted, Predicate<Node> known) {
    Set<Node> needed = new LinkedHashSet<>(wanted);
    Deque<Node> pending = new ArrayDeque<>(wanted);
    while (!pending.isEmpty()) {
      Node node = pending.remove();
      if (known.test(node)) {
        continue;
      }
      for (Node operand : node.operands()) {
        if (perElement(operand) && needed.add(operand)) {
          pending.add(operand);
        }
      }
    }
    return needed;
  }

  private static List<Node> ordered(Collection<Node> results) {
    Set<Node> needed = new LinkedHashSet<>(results);
    Deque<Node> pending = new ArrayDeque<>(needed);
    while (!pending.isEmpty()) {
      for (Node operand : dependencies(pending.remove())) {
        if (needed.add(operand)) {
          pending.add(operand);
        }
      }
    }
    return sorted(needed);
  }

  /** A gather reads its leaf itself. */
  private static List<Node> dependencies(Node node) {
    return node.operation() == RowOperation.GATHER ? List.of(node.operand(1)) : node.operands();
  }

  private static List<Node> sorted(Collection<Node> nodes) {
    return nodes.stream().sorted(Comparator.comparingInt(Node::id)).toList();
  }
}
