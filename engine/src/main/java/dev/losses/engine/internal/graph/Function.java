package dev.losses.engine.internal.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation with a derivative of its own that is expanded to {@link Primitive}s before it is computed. */
public enum Function implements Operation {
  EXP {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return e.exp(x.get(0));
    }

    @Override
    Node derivative(Graph g, Node node, Node x) {
      return node;
    }
  },
  EXPM1 {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return e.expm1(x.get(0));
    }

    @Override
    Node derivative(Graph g, Node node, Node x) {
      return g.node(EXP, x);
    }
  },
  LOG {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return e.log(x.get(0));
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return List.of(g.chainDivided(adjoint, node.operand(0)));
    }
  },
  LOG1P {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return e.log1p(x.get(0));
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      Node divisor = g.add(g.constant(1), node.operand(0));
      return List.of(g.chainDivided(adjoint, divisor));
    }
  },
  TANH {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return e.tanh(x.get(0));
    }

    @Override
    Node derivative(Graph g, Node node, Node x) {
      // 4 s(2x) s(-2x), s the logistic function: unlike 1 - tanh^2 it keeps its digits where tanh
      // is near 1.
      return g.multiply(slopeOfSigmoid(g, g.add(x, x)), 4);
    }
  },
  SIGMOID {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return e.sigmoid(x.get(0));
    }

    @Override
    Node derivative(Graph g, Node node, Node x) {
      return slopeOfSigmoid(g, x);
    }
  },
  SOFTPLUS {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return e.softplus(x.get(0));
    }

    @Override
    Node derivative(Graph g, Node node, Node x) {
      return g.node(SIGMOID, x);
    }
  },
  POWER {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return e.power(x.get(0), x.get(1));
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      Node x = node.operand(0);
      Node y = node.operand(1);
      Node zero = g.constant(0);
      Node slope = g.multiply(y, g.node(POWER, x, g.subtract(y, g.constant(1))));
      Node forBase = g.chain(adjoint, g.select(g.equal(y, zero), zero, slope));
      if (!y.dependsOnInput()) {
        return Arrays.asList(forBase, null);
      }
      Node growth = g.multiply(node, g.node(LOG, x));
      return List.of(forBase, g.chain(adjoint, g.select(g.equal(node, zero), zero, growth)));
    }
  },
  /** The first operand limited to the other two. */
  CLIP {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return e.limit(x.get(0), x.get(1), x.get(2));
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      Node x = node.operand(0);
      Node inside = g.node(
          Primitive.AND,
          g.node(Primitive.AT_MOST, node.operand(1), x),
          g.node(Primitive.AT_MOST, x, node.operand(2)));
      Node outside = g.select(g.equal(x, x), g.constant(0), g.chain(adjoint, x));
      return Arrays.asList(g.select(inside, adjoint, outside), null, null);
    }
  },
  /** An input limited to its domain; the gradient is that of the input as it came. */
  CLAMP {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return CLIP.expand(g, e, x);
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return Arrays.asList(adjoint, null, null);
    }
  },
  /** The operand, with no gradient. */
  DETACH {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return x.get(0);
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return Arrays.asList((Node) null);
    }
  },
  /** The nearest whole number. */
  ROUND {
    @Override
    Node expand(Graph g, Elementary e, List<Node> x) {
      return e.round(x.get(0));
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return Arrays.asList((Node) null);
    }
  };

  /** This function of operands that are expanded already. */
  abstract Node expand(Graph g, Elementary e, List<Node> operands);

  /** The derivative of a function of one operand. */
  Node derivative(Graph g, Node node, Node x) {
    throw new IllegalStateException(this + " states its adjoints itself");
  }

  @Override
  public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
    return List.of(g.chain(adjoint, derivative(g, node, node.operand(0))));
  }

  private static Node slopeOfSigmoid(Graph g, Node x) {
    return g.multiply(g.node(SIGMOID, x), g.node(SIGMOID, g.negate(x)));
  }
}
