package dev.losses.engine.internal.graph;

import dev.losses.spi.Extent;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the {@link Graph} of a {@link Structure}: functions of a row are written out, and every input is limited to and
 * checked against its domain.
 */
final class GraphBuilder {
  private final Graph g;
  private final List<Node> leaves = new ArrayList<>();
  private final List<Node> values = new ArrayList<>();
  private final List<Node> violations = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Gathering gathering;
  private final Node loss;
  private final Node count;

  /** @throws IllegalArgumentException when the formula is ill-formed; the message is for its author */
  GraphBuilder(Graph graph, Structure structure) {
    this.g = graph;
    this.gathering = new Gathering(graph);
    DomainNodes domains = new DomainNodes(graph);
    for (Structure.Source slot : structure.inputs()) {
      Span span = slot.extent() == Extent.ROW ? Span.ROW : Span.ELEMENT;
      Node leaf = g.leaf(Leaf.INPUT, span, leaves.size());
      leaves.add(leaf);
      values.add(domains.limited(slot, leaf));
      domains.violation(slot, leaf).ifPresent(violations::add);
    }
    List<Structure.Term> terms = structure.terms();
    int ofLoss = structure.countsDiffer() ? terms.size() - 1 : terms.size();
    terms.subList(0, ofLoss).forEach(term -> nodes.add(node(term)));
    if (structure.countsDiffer()) {
      this.loss = nodes.get(structure.root().operands().get(0));
      this.count = nodes.get(structure.root().operands().get(1));
    } else {
      this.loss = nodes.get(nodes.size() - 1);
      this.count = g.constant(1);
    }
  }

  Node loss() {
    return loss;
  }

  Node count() {
    return count;
  }

  Node leaf(int input) {
    return leaves.get(input);
  }

  List<Node> violations() {
    return violations;
  }

  private Node node(Structure.Term term) {
    List<Node> x = term.operands().stream().map(nodes::get).toList();
    return switch (term.operator()) {
      case INPUT -> values.get(term.index());
      case CONSTANT -> g.argument(term.index());
      case PER_CLASS -> g.leaf(Leaf.CLASS_VALUES, Span.CLASS, term.index());
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
      case NORM -> norm(x.get(0), term);
      case AT -> at(x.get(0), x.get(1));
      case COUNTED_AS -> throw new IllegalStateException("countedAs within a formula");
    };
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

  /** The row's largest size, 1 where that is 0 or not finite: what a row is divided by on the way to its norm. */
  private Node largest(Node x) {
    Node max = rowMax(g.abs(x));
    Node usable =
        g.node(Primitive.AND, g.less(g.constant(0), max), g.less(max, Double.POSITIVE_INFINITY));
    return g.node(Function.DETACH, g.select(usable, max, g.constant(1)));
  }

  /** Where the sum is 0 the root is not taken, so the gradient of a zero vector is 0. */
  private Node norm(Node x, Structure.Term term) {
    double p = term.order();
    Node zero = g.constant(0);
    if (p == 1) {
      return g.rowSum(g.abs(x));
    }
    if (Double.isInfinite(p)) {
      return rowMax(g.abs(x));
    }
    // Powers overflow and vanish long before the norm does, so elements are scaled by the largest.
    Node scale = largest(x);
    Node scaled = g.divide(x, scale);
    if (p == 2) {
      Node sum = g.rowSum(g.multiply(scaled, scaled));
      Node root = g.multiply(scale, g.node(Primitive.SQRT, sum));
      return g.select(g.equal(sum, zero), zero, root);
    }
    Node exponent = g.argument(term.index());
    Node sum = g.rowSum(g.node(Function.POWER, g.abs(scaled), exponent));
    Node root = g.node(Function.POWER, sum, g.divide(g.constant(1), exponent));
    return g.select(g.equal(sum, zero), zero, g.multiply(scale, root));
  }
}
