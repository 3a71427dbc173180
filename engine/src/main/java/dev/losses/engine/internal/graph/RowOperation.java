package dev.losses.engine.internal.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation that looks along the last axis and gives one value for each row. */
public enum RowOperation implements Operation {
  /** The sum, in the fixed order of {@code Sums}. */
  SUM {
    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return List.of(adjoint);
    }
  },
  /** The largest value; NaN if there is one. */
  MAX {
    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      Node largest = g.equal(node.operand(0), node);
      Node count = g.rowSum(g.select(largest, g.constant(1), g.constant(0)));
      Node others = g.select(g.equal(node, node), g.constant(0), g.chain(adjoint, node));
      return List.of(g.select(largest, g.divide(adjoint, count), others));
    }
  },
  /** The element of leaf {@code a} at index {@code b}; 0 where the index is not one of the axis. */
  GATHER {
    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      Node picked = g.equal(g.classIndex(), node.operand(1));
      return Arrays.asList(g.select(picked, adjoint, g.constant(0)), null);
    }
  };

  @Override
  public Span span(List<Node> operands) {
    return Span.ROW;
  }
}
