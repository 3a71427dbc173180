package dev.losses.engine.internal.kernel;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.Primitive;
import dev.losses.spi.DType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of a graph that are the same everywhere. For one thread. */
public final class Uniforms {
  private final boolean float32;
  private final List<Node> nodes;
  private final double[][] values;
  private final int[][] operands;

  private double[] constants = {};
  private double seed = Double.NaN;
  private int columns = -1;

  /** For uniform nodes, operands first. */
  public Uniforms(List<Node> nodes, DType dtype) {
    this.float32 = dtype == DType.FLOAT32;
    this.nodes = nodes;
    this.values = new double[nodes.size()][1];
    this.operands = new int[nodes.size()][];
    Map<Node, Integer> positions = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      positions.put(nodes.get(i), i);
      operands[i] = nodes.get(i).operands().stream().mapToInt(positions::get).toArray();
    }
  }

  /** Computes them. Returns whether any may have changed since the last time. */
  public boolean compute(Arguments arguments) {
    if (columns == arguments.columns()
        && seed == arguments.seed()
        && Arrays.equals(constants, arguments.constants())) {
      return false;
    }
    columns = arguments.columns();
    seed = arguments.seed();
    constants = arguments.constants();
    for (int i = 0; i < values.length; i++) {
      if (nodes.get(i).operation() instanceof Primitive primitive) {
        int[] x = operands[i];
        primitive.apply(
            float32,
            values[i],
            values[x[0]],
            values[x[x.length > 1 ? 1 : 0]],
            values[x[x.length > 2 ? 2 : 0]],
            1);
      } else {
        double value = leaf(nodes.get(i));
        values[i][0] = float32 ? (float) value : value;
      }
    }
    return true;
  }

  private double leaf(Node leaf) {
    return switch ((Leaf) leaf.operation()) {
      case CONSTANT -> leaf.constant();
      case ARGUMENT -> constants[leaf.index()];
      case AXIS_SIZE -> columns;
      case SEED -> seed;
      default -> throw new IllegalStateException(leaf + " is not uniform");
    };
  }

  /** The value of the node at a position. */
  public double get(int position) {
    return values[position][0];
  }
}
