package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.RowOperation;
import java.util.List;
import java.util.Map;

/**
 * One loop: loads values, computes nodes, leaves results.
 *
 * @param number which of the plan's loops it is
 * @param overRows whether it goes over rows; else over elements
 * @param nodes what it computes, operands first
 * @param results what it leaves
 * @param memory in which slot the values are that it needs but does not compute, apart from uniform ones
 */
record Loop(
    int number,
    boolean overRows,
    List<Node> nodes,
    List<Result> results,
    Map<Node, Integer> memory) {

  /** What becomes of a node's value. */
  sealed interface Result {
    Node node();
  }

  /** It is written to a slot. */
  record Store(Node node, int slot) implements Result {}

  /** It is added up, or the largest is kept, lane by lane. */
  record Total(Node node, RowOperation operation, int accumulator) implements Result {}

  /** The same for each row of those that lie side by side; written to a slot. */
  record RowTotal(Node node, RowOperation operation, int slot) implements Result {}

  /** Where it holds, the accumulator becomes more than 0. */
  record Violation(Node node, int accumulator) implements Result {}

  /** Whether it leaves anything in accumulators. */
  boolean accumulates() {
    return results.stream().anyMatch(r -> r instanceof Total || r instanceof Violation);
  }
}
