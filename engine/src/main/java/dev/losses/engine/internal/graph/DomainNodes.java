package dev.losses.engine.internal.graph;

import dev.losses.spi.Domain;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The domain of an input, as nodes: the input limited to it, and whether it is outside. */
public final class DomainNodes {
  /** How far a probability may lie outside [0, 1] before it is an error rather than clipped. */
  public static final double PROBABILITY_SLACK = 1e-6;

  private final Graph g;

  DomainNodes(Graph graph) {
    this.g = graph;
  }

  Node limited(Structure.Source input, Node leaf) {
    if (input.domain() != Domain.PROBABILITY && input.domain() != Domain.ONE_HOT) {
      return leaf;
    }
    Node limited = g.node(Function.CLAMP, leaf, g.constant(0), g.constant(1));
    for (int i = 0; i < input.exceptions(); i++) {
      limited = g.select(g.equal(leaf, g.argument(input.excepted() + i)), leaf, limited);
    }
    return limited;
  }

  /** Holds wherever the exact check may find a violation; rounding to float32 may make it hold a little more often. */
  Optional<Node> violation(Structure.Source input, Node x) {
    @Nullable Node violation = outside(input, x);
    if (violation == null) {
      return Optional.empty();
    }
    for (int i = 0; i < input.exceptions(); i++) {
      violation = and(violation, not(g.equal(x, g.argument(input.excepted() + i))));
    }
    return Optional.of(violation);
  }

  private @Nullable Node outside(Structure.Source input, Node x) {
    Node zero = g.constant(0);
    return switch (input.domain()) {
      case REAL, LOGIT, HINGE_LABEL, EMBEDDING -> null;
      case PROBABILITY, ONE_HOT ->
        or(g.less(x, -PROBABILITY_SLACK), g.less(g.constant(1 + PROBABILITY_SLACK), x));
      case CLASS_INDEX -> {
        Node whole = g.equal(g.node(Function.ROUND, x), x);
        Node inRange = and(g.node(Primitive.AT_MOST, zero, x), g.less(x, g.axisSize()));
        yield not(and(whole, inRange));
      }
      case SIGN -> {
        Node sign = or(g.equal(x, 1), g.equal(x, -1));
        yield and(g.equal(x, x), not(sign));
      }
      case DISTANCE -> g.less(x, zero);
      case POSITIVE -> g.node(Primitive.AT_MOST, x, zero);
    };
  }

  private Node and(Node a, Node b) {
    return g.node(Primitive.AND, a, b);
  }

  private Node or(Node a, Node b) {
    return g.node(Primitive.OR, a, b);
  }

  private Node not(Node a) {
    return g.node(Primitive.NOT, a);
  }
}
