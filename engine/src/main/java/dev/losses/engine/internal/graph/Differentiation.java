package dev.losses.engine.internal.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reverse-mode differentiation: from the adjoint of a result to the adjoints of leaves, on the graph itself. */
final class Differentiation {
  private Differentiation() {}

  /**
   * The adjoints of the leaves.
   *
   * @param seed the adjoint of the result
   * @return a node for each leaf, in order; constant 0 for a leaf that the result does not depend on
   */
  static List<Node> gradients(Graph graph, Node result, Node seed, List<Node> leaves) {
    Set<Node> onPath = dependants(result, Set.copyOf(leaves));
    Map<Node, Node> adjoints = new HashMap<>();
    adjoints.put(result, seed);
    // A node's id is larger than its operands': when it comes up, its adjoint is complete.
    PriorityQueue<Node> pending =
        new PriorityQueue<>(Comparator.comparingInt(Node::id).reversed());
    if (onPath.contains(result)) {
      pending.add(result);
    }
    while (!pending.isEmpty()) {
      Node node = pending.remove();
      List<@Nullable Node> contributions =
          node.operation().differentiate(graph, node, Objects.requireNonNull(adjoints.get(node)));
      for (int i = 0; i < contributions.size(); i++) {
        Node operand = node.operand(i);
        Node contribution = contributions.get(i);
        if (contribution == null || !onPath.contains(operand)) {
          continue;
        }
        Node fitted = fitted(graph, contribution, node, operand);
        if (adjoints.merge(operand, fitted, graph::accumulate) == fitted) {
          pending.add(operand);
        }
      }
    }
    List<Node> gradients = new ArrayList<>();
    leaves.forEach(leaf -> gradients.add(adjoints.getOrDefault(leaf, graph.constant(0))));
    return gradients;
  }

  /** A row's value that was repeated over the last axis collects the adjoints of all its copies. */
  private static Node fitted(Graph graph, Node contribution, Node node, Node operand) {
    boolean repeated = operand.span() == Span.ROW && node.span() == Span.ELEMENT;
    return repeated ? graph.rowSum(contribution) : contribution;
  }

  private static Set<Node> dependants(Node result, Set<Node> leaves) {
    Set<Node> dependants = new HashSet<>();
    for (Node node : Reachable.from(List.of(result))) {
      if (leaves.contains(node) || node.operands().stream().anyMatch(dependants::contains)) {
        dependants.add(node);
      }
    }
    return dependants;
  }
}
