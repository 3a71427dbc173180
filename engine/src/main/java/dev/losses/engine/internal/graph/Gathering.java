package dev.losses.engine.internal.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The element at an index of the last axis. Picking commutes with every operation element by element, so it is moved
 * down to the leaves: one element a row is computed instead of a whole row.
 */
final class Gathering {
  private final Graph graph;
  private final Map<Picked, Node> picked = new HashMap<>();

  private record Picked(Node node, Node index) {}

  Gathering(Graph graph) {
    this.graph = graph;
  }

  Node pick(Node node, Node index) {
    if (index.span() != Span.ROW && index.span() != Span.UNIFORM) {
      throw new IllegalArgumentException(
          "at(index) needs one index for each row: declare the input with perRow()");
    }
    @Nullable Node known = picked.get(new Picked(node, index));
    if (known != null) {
      return known;
    }
    Node value = pickAnew(node, index);
    picked.put(new Picked(node, index), value);
    return value;
  }

  private Node pickAnew(Node node, Node index) {
    if (node.span() == Span.ROW || node.span() == Span.UNIFORM) {
      return node;
    }
    if (node.is(Leaf.CLASS_INDEX)) {
      return index;
    }
    if (node.operation() instanceof Leaf) {
      return graph.node(RowOperation.GATHER, node, index);
    }
    List<Node> operands =
        node.operands().stream().map(operand -> pick(operand, index)).toList();
    return graph.node(node.operation(), node.attributeOrNull(), operands);
  }
}
