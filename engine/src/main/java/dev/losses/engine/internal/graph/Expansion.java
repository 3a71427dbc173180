package dev.losses.engine.internal.graph;

import dev.losses.spi.DType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Replaces every {@link Function} of a graph by the {@link Primitive}s that compute it in one number format. */
final class Expansion {
  private final Graph graph;
  private final Elementary elementary;
  private final Map<Node, Node> expanded = new HashMap<>();

  private Expansion(Graph graph, DType dtype) {
    this.graph = graph;
    this.elementary = new Elementary(graph, dtype);
  }

  static Expansion of(Graph graph, DType dtype) {
    return new Expansion(graph, dtype);
  }

  LossGraph apply(LossGraph whole) {
    for (Node node : Reachable.from(whole.results())) {
      List<Node> operands = node.operands().stream().map(expanded::get).toList();
      expanded.put(node, expand(node, operands));
    }
    return new LossGraph(
        expanded(whole.sums()),
        expanded(whole.elementGradients()),
        expanded(whole.rowGradients()),
        expanded(whole.violations()),
        whole.byRow(),
        whole.unreduced());
  }

  private List<Node> expanded(List<Node> nodes) {
    return nodes.stream().map(this::expandedNode).toList();
  }

  private Map<Integer, Node> expanded(Map<Integer, Node> nodes) {
    Map<Integer, Node> result = new LinkedHashMap<>();
    nodes.forEach((input, node) -> result.put(input, expandedNode(node)));
    return result;
  }

  private Node expand(Node node, List<Node> operands) {
    if (node.operation() instanceof Function function) {
      return function.expand(graph, elementary, operands);
    }
    return operands.equals(node.operands())
        ? node
        : graph.node(node.operation(), node.attributeOrNull(), operands);
  }

  private Node expandedNode(Node node) {
    return Objects.requireNonNull(expanded.get(node));
  }
}
