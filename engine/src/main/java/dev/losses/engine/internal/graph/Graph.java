package dev.losses.engine.internal.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes nodes; the same operation on the same operands is the same node, so it is computed once. */
public final class Graph {
  /** Deeper, branches within branches would be written out again for every operation in them. */
  private static final int BRANCHES_FOLLOWED = 2;

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
    Node inner = a.is(Primitive.NEGATE) ? a.operand(0) : a;
    return inner.is(Primitive.ABS) ? inner : node(Primitive.ABS, inner);
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

  /** An adjoint times a local derivative; 0 stays 0, also times NaN or infinity. */
  Node chain(Node adjoint, Node derivative) {
    return within(adjoint, a -> guarded(a, multiply(a, derivative)));
  }

  /** An adjoint divided by a number; 0 stays 0. */
  Node chainDivided(Node adjoint, Node divisor) {
    return within(adjoint, a -> guarded(a, divide(a, divisor)));
  }

  /** {@code f(adjoint)}; where a branch of the adjoint is 0, f is applied to the other alone, and need not ask. */
  Node within(Node adjoint, UnaryOperator<Node> f) {
    return within(adjoint, f, BRANCHES_FOLLOWED);
  }

  private Node within(Node adjoint, UnaryOperator<Node> f, int depth) {
    if (isZero(adjoint)) {
      return adjoint;
    }
    if (adjoint.is(Primitive.SELECT) && depth > 0) {
      Node condition = adjoint.operand(0);
      Node then = adjoint.operand(1);
      Node otherwise = adjoint.operand(2);
      if (isZero(then) || isZero(otherwise)) {
        return select(condition, within(then, f, depth - 1), within(otherwise, f, depth - 1));
      }
    }
    return f.apply(adjoint);
  }

  private Node guarded(Node adjoint, Node value) {
    boolean neverZero = adjoint.is(Leaf.SEED) && adjoint.span() == Span.UNIFORM;
    return neverZero ? value : select(equal(adjoint, 0), constant(0), value);
  }

  /** The sum of two contributions to an adjoint; those of branches of one condition are added branch by branch. */
  Node accumulate(Node a, Node b) {
    return accumulate(a, b, BRANCHES_FOLLOWED);
  }

  private Node accumulate(Node a, Node b, int depth) {
    if (isZero(a)) {
      return b;
    }
    if (isZero(b)) {
      return a;
    }
    boolean sameCondition = depth > 0
        && a.is(Primitive.SELECT)
        && b.is(Primitive.SELECT)
        && a.operand(0) == b.operand(0);
    return sameCondition
        ? select(
            a.operand(0),
            accumulate(a.operand(1), b.operand(1), depth - 1),
            accumulate(a.operand(2), b.operand(2), depth - 1))
        : add(a, b);
  }

  private static boolean isZero(Node node) {
    return node.is(Leaf.CONSTANT) && node.constant() == 0;
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
