package dev.losses.engine.internal.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node computes. An operation knows how to differentiate itself; nothing else knows its derivative. */
public sealed interface Operation permits Leaf, Primitive, Function, RowOperation {

  /**
   * What the adjoint of a node contributes to the adjoints of its operands.
   *
   * @return one entry for each operand; null where nothing flows
   */
  List<@Nullable Node> differentiate(Graph graph, Node node, Node adjoint);

  /** The span of the result. */
  default Span span(List<Node> operands) {
    return operands.stream().map(Node::span).reduce(Span.UNIFORM, Span::join);
  }
}
