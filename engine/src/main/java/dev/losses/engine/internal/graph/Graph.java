package dev.losses.engine.internal.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes nodes; the same operation on the same operands is the same node, so it is computed once. */
public final class Graph {
  private final Map<Key, Node> nodes = new HashMap<>();

  private record Key(Operation operation, @Nullable Object attribute, List<Node> operands) {}

  Node node(Operation operation, Node... operands) {
    return node(operation, null, List.of(operands));
  }

  Node leaf(Leaf leaf, Span span, @Nullable Object attribute) {
    return nodes.computeIfAbsent(
        new Key(leaf, attribute, List.of()),
        key -> new Node(nodes.size(), leaf, attribute, List.of(), span));
  }

  Node node(Operation operation, @Nullable Object attribute, List<Node> operands) {
    Key key = new Key(operation, attribute, operands);
    Node known = nodes.get(key);
    if (known == null) {
      known = new Node(nodes.size(), operation, attribute, operands, operation.span(operands));
      nodes.put(key, known);
    }
    return known;
  }

  Node constant(double value) {
    return leaf(Leaf.CONSTANT, Span.UNIFORM, value);
  }

  Node argument(int index) {
    return leaf(Leaf.ARGUMENT, Span.UNIFORM, index);
  }

  Node add(Node a, Node b) {
    return node(Primitive.ADD, a, b);
  }

  Node subtract(Node a, Node b) {
    return node(Primitive.SUBTRACT, a, b);
  }

  Node multiply(Node a, Node b) {
    return node(Primitive.MULTIPLY, a, b);
  }

  Node multiply(Node a, double b) {
    return multiply(a, constant(b));
  }

  Node divide(Node a, Node b) {
    return node(Primitive.DIVIDE, a, b);
  }

  /** {@code a * b + c}, rounded once. */
  Node fma(Node a, Node b, Node c) {
    return node(Primitive.FMA, a, b, c);
  }

  Node negate(Node a) {
    return a.is(Primitive.NEGATE) ? a.operand(0) : node(Primitive.NEGATE, a);
  }

  Node abs(Node a) {
    return node(Primitive.ABS, a.is(Primitive.NEGATE) ? a.operand(0) : a);
  }

  Node less(Node a, Node b) {
    return node(Primitive.LESS, a, b);
  }

  Node less(Node a, double b) {
    return less(a, constant(b));
  }

  Node equal(Node a, Node b) {
    return node(Primitive.EQUAL, a, b);
  }

  Node equal(Node a, double b) {
    return equal(a, constant(b));
  }

  Node select(Node condition, Node then, Node otherwise) {
    return then == otherwise ? then : node(Primitive.SELECT, condition, then, otherwise);
  }

  /** {@code value}, but exactly 0 where the adjoint it was made from is: 0 times NaN or infinity included. */
  Node guarded(Node adjoint, Node value) {
    boolean neverZero = adjoint.is(Leaf.SEED) && adjoint.span() == Span.UNIFORM;
    return neverZero ? value : select(equal(adjoint, 0), constant(0), value);
  }

  /** An adjoint times a local derivative; 0 stays 0. */
  Node chain(Node adjoint, Node derivative) {
    return guarded(adjoint, multiply(adjoint, derivative));
  }

  /** The sum over the last axis of a value of any span. */
  Node rowSum(Node a) {
    boolean repeats = a.span() == Span.ROW || a.span() == Span.UNIFORM;
    return repeats ? multiply(a, axisSize()) : node(RowOperation.SUM, a);
  }

  Node axisSize() {
    return leaf(Leaf.AXIS_SIZE, Span.UNIFORM, null);
  }

  Node classIndex() {
    return leaf(Leaf.CLASS_INDEX, Span.CLASS, null);
  }
}
