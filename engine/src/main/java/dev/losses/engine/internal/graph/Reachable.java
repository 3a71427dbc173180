package dev.losses.engine.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The nodes that some results need. */
final class Reachable {
  private Reachable() {}

  /** The results and everything they are computed from, operands first. */
  static List<Node> from(Collection<Node> results) {
    Set<Node> seen = new HashSet<>(results);
    Deque<Node> pending = new ArrayDeque<>(seen);
    while (!pending.isEmpty()) {
      for (Node operand : pending.remove().operands()) {
        if (seen.add(operand)) {
          pending.add(operand);
        }
      }
    }
    List<Node> nodes = new ArrayList<>(seen);
    nodes.sort(Comparator.comparingInt(Node::id));
    return nodes;
  }
}
