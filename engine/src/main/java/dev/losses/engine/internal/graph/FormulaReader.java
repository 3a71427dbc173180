package dev.losses.engine.internal.graph;

import dev.losses.spi.Expr;
import dev.losses.spi.Extent;
import dev.losses.spi.Input;
import dev.losses.spi.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads an author's {@link Expr} into a {@link Graph}: numbers become arguments, functions of a row are written out, and
 * every input is limited to and checked against its domain.
 */
final class FormulaReader {
  private final Graph g;
  private final List<Input> inputs;
  private final List<Node> leaves = new ArrayList<>();
  private final Map<String, Node> values = new HashMap<>();
  private final List<Double> arguments = new ArrayList<>();
  private final List<List<Double>> classValues = new ArrayList<>();
  private final List<Node> violations = new ArrayList<>();
  private final IdentityHashMap<Expr, Node> nodes = new IdentityHashMap<>();
  private final Gathering gathering;
  private final Node loss;
  private final Node count;
  private final boolean countsDiffer;

  FormulaReader(Graph graph, List<Input> inputs, Expr root) {
    this.g = graph;
    this.inputs = inputs;
    this.gathering = new Gathering(graph);
    DomainNodes domains = new DomainNodes(graph, this::argument);
    for (Input input : inputs) {
      Span span = input.extent() == Extent.ROW ? Span.ROW : Span.ELEMENT;
      Node leaf = g.leaf(Leaf.INPUT, span, new Leaf.InputLeaf(input.name(), leaves.size(), span));
      leaves.add(leaf);
      values.put(input.name(), domains.limited(input, leaf));
      domains.violation(input, leaf).ifPresent(violations::add);
    }
    this.countsDiffer = root.operator() == Operator.COUNTED_AS;
    this.loss = read(countsDiffer ? root.operands().get(0) : root);
    this.count = countsDiffer ? read(root.operands().get(1)) : g.constant(1);
  }

  Node loss() {
    return loss;
  }

  Node count() {
    return count;
  }

  boolean countsDiffer() {
    return countsDiffer;
  }

  Node leaf(int input) {
    return leaves.get(input);
  }

  List<Node> violations() {
    return violations;
  }

  double[] arguments() {
    return arguments.stream().mapToDouble(Double::doubleValue).toArray();
  }

  List<List<Double>> classValues() {
    return List.copyOf(classValues);
  }

  boolean looksAlongRows() {
    return inputs.stream().anyMatch(input -> input.extent() == Extent.ROW)
        || Reachable.from(List.of(loss, count)).stream()
            .anyMatch(node -> node.operation() instanceof RowOperation
                || node.span() == Span.CLASS
                || node.is(Leaf.AXIS_SIZE));
  }

  /** Operands first, without recursion: a formula may be deep. */
  private Node read(Expr root) {
    Deque<Expr> pending = new ArrayDeque<>(List.of(root));
    while (!pending.isEmpty()) {
      Expr expr = pending.peek();
      List<Expr> unread = expr.operands().stream()
          .filter(operand -> !nodes.containsKey(operand))
          .toList();
      if (unread.isEmpty()) {
        pending.pop();
        nodes.computeIfAbsent(expr, this::node);
      } else {
        unread.forEach(pending::push);
      }
    }
    return Objects.requireNonNull(nodes.get(root));
  }

  private Node node(Expr expr) {
    List<Node> x = expr.operands().stream().map(nodes::get).toList();
    return switch (expr.operator()) {
      case INPUT -> input(expr.name());
      case CONSTANT -> argument(expr.value());
      case PER_CLASS -> classValues(expr.perClassValues());
      case CLASS_INDEX -> g.classIndex();
      case LAST_AXIS_SIZE -> g.axisSize();
      case ADD -> g.node(Primitive.ADD, null, x);
      case SUBTRACT -> g.node(Primitive.SUBTRACT, null, x);
      case MULTIPLY -> g.node(Primitive.MULTIPLY, null, x);
      case DIVIDE -> g.node(Primitive.DIVIDE, null, x);
      case NEGATE -> g.negate(x.get(0));
      case POWER -> g.node(Function.POWER, null, x);
      case SQUARE -> g.multiply(x.get(0), x.get(0));
      case SQRT -> g.node(Primitive.SQRT, null, x);
      case ABS -> g.abs(x.get(0));
      case EXP -> g.node(Function.EXP, null, x);
      case EXPM1 -> g.node(Function.EXPM1, null, x);
      case LOG -> g.node(Function.LOG, null, x);
      case LOG1P -> g.node(Function.LOG1P, null, x);
      case TANH -> g.node(Function.TANH, null, x);
      case SIGMOID -> g.node(Function.SIGMOID, null, x);
      case SOFTPLUS -> g.node(Function.SOFTPLUS, null, x);
      case MAXIMUM -> g.node(Primitive.MAXIMUM, null, x);
      case MINIMUM -> g.node(Primitive.MINIMUM, null, x);
      case CLIP -> g.node(Function.CLIP, null, x);
      case DETACH -> g.node(Function.DETACH, null, x);
      case LESS -> g.node(Primitive.LESS, null, x);
      case AT_MOST -> g.node(Primitive.AT_MOST, null, x);
      case EQUAL -> g.node(Primitive.EQUAL, null, x);
      case AND -> g.node(Primitive.AND, null, x);
      case OR -> g.node(Primitive.OR, null, x);
      case NOT -> g.node(Primitive.NOT, null, x);
      case WHERE -> g.select(x.get(0), x.get(1), x.get(2));
      case SUM -> g.rowSum(x.get(0));
      case MEAN -> g.divide(g.rowSum(x.get(0)), g.axisSize());
      case MAX -> rowMax(x.get(0));
      case LOG_SUM_EXP -> logSumExp(x.get(0));
      case SOFTMAX -> softmax(x.get(0));
      case LOG_SOFTMAX -> logSoftmax(x.get(0));
      case NORM -> norm(x.get(0), expr.value());
      case AT -> at(x.get(0), x.get(1));
      case COUNTED_AS ->
        throw new IllegalArgumentException(
            "countedAs stands only at the root of a formula: what a loss "
                + "counts for cannot enter into further arithmetic");
    };
  }

  private Node input(String name) {
    Node value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the formula reads an input '" + name + "' of another loss");
    }
    return value;
  }

  private Node argument(double value) {
    arguments.add(value);
    return g.leaf(Leaf.ARGUMENT, Span.UNIFORM, arguments.size() - 1);
  }

  private Node classValues(List<Double> row) {
    classValues.add(row);
    return g.leaf(Leaf.CLASS_VALUES, Span.CLASS, classValues.size() - 1);
  }

  /** What is picked at the leaves is computed further, so an index outside is looked for again at the end. */
  private Node at(Node x, Node index) {
    Node picked = gathering.pick(x, index);
    if (picked.is(RowOperation.GATHER)) {
      return picked;
    }
    Node inRange = g.node(
        Primitive.AND,
        g.node(Primitive.AT_MOST, g.constant(0), index),
        g.less(index, g.axisSize()));
    Node whole = g.equal(g.node(Function.ROUND, index), index);
    return g.select(g.node(Primitive.AND, inRange, whole), picked, g.constant(0));
  }

  private Node rowMax(Node x) {
    boolean repeats = x.span() == Span.ROW || x.span() == Span.UNIFORM;
    return repeats ? x : g.node(RowOperation.MAX, x);
  }

  /** The row's largest value, 0 where that is infinite: what exponents are taken relative to. */
  private Node shift(Node x) {
    Node max = rowMax(x);
    Node finite = g.less(g.abs(max), Double.POSITIVE_INFINITY);
    return g.node(Function.DETACH, g.select(finite, max, g.constant(0)));
  }

  private Node logSumExp(Node x) {
    Node shift = shift(x);
    Node sum = g.rowSum(g.node(Function.EXP, g.subtract(x, shift)));
    return g.add(g.node(Function.LOG, sum), shift);
  }

  private Node softmax(Node x) {
    Node exponential = g.node(Function.EXP, g.subtract(x, shift(x)));
    return g.divide(exponential, g.rowSum(exponential));
  }

  private Node logSoftmax(Node x) {
    Node shifted = g.subtract(x, shift(x));
    return g.subtract(shifted, g.node(Function.LOG, g.rowSum(g.node(Function.EXP, shifted))));
  }

  /** Where the sum is 0 the root is not taken, so the gradient of a zero vector is 0. */
  private Node norm(Node x, double p) {
    Node zero = g.constant(0);
    if (p == 1) {
      return g.rowSum(g.abs(x));
    }
    if (Double.isInfinite(p)) {
      return rowMax(g.abs(x));
    }
    if (p == 2) {
      Node sum = g.rowSum(g.multiply(x, x));
      return g.select(g.equal(sum, zero), zero, g.node(Primitive.SQRT, sum));
    }
    Node exponent = argument(p);
    Node sum = g.rowSum(g.node(Function.POWER, g.abs(x), exponent));
    Node root = g.node(Function.POWER, sum, g.divide(g.constant(1), exponent));
    return g.select(g.equal(sum, zero), zero, root);
  }
}
