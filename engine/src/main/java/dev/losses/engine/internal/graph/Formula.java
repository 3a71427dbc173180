package dev.losses.engine.internal.graph;

import dev.losses.spi.DType;
import dev.losses.spi.Expr;
import dev.losses.spi.Extent;
import dev.losses.spi.Input;
import dev.losses.spi.Inputs;
import dev.losses.spi.NamedInputsLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The formula of a bound loss, from which graphs for each kind of evaluation are made. Immutable. */
public final class Formula {
  private final List<Input> inputs;
  private final Expr expression;
  private final boolean byRow;
  private final boolean countsDiffer;
  private final double[] arguments;
  private final List<List<Double>> classValues;

  /** @throws IllegalArgumentException when the formula is ill-formed; the message is for its author */
  public Formula(NamedInputsLoss loss) {
    this.inputs = List.copyOf(loss.inputs());
    if (inputs.stream().noneMatch(input -> input.extent() == Extent.ELEMENT)) {
      throw new IllegalArgumentException(
          "a formula needs at least one input with a value per element");
    }
    if (inputs.stream().anyMatch(input -> input.extent() == Extent.FREE)) {
      throw new IllegalArgumentException("a formula cannot have an input of extent FREE");
    }
    this.expression = Objects.requireNonNull(
        loss.loss(Inputs.of(inputs)), "its loss(...) returned null instead of a formula");
    FormulaReader reader = new FormulaReader(new Graph(), inputs, expression);
    this.byRow = reader.looksAlongRows();
    this.countsDiffer = reader.countsDiffer();
    this.arguments = reader.arguments();
    this.classValues = reader.classValues();
  }

  /** The inputs, in the order in which kernels take them. */
  public List<Input> inputs() {
    return inputs;
  }

  /** Whether a row of the last axis is computed as a whole, rather than element by element. */
  public boolean byRow() {
    return byRow;
  }

  /** The author's numbers, in the order of their {@link Leaf#ARGUMENT} index. */
  public double[] arguments() {
    return arguments.clone();
  }

  /** Whether positions may count for something else than 1 in the mean. */
  public boolean countsDiffer() {
    return countsDiffer;
  }

  /** The author's constants along the last axis, in the order of their {@link Leaf#CLASS_VALUES} index. */
  public List<List<Double>> classValues() {
    return classValues;
  }

  /** The graph that answers such a request. */
  public LossGraph graph(Request request) {
    Graph graph = new Graph();
    FormulaReader reader = new FormulaReader(graph, inputs, expression);
    Node loss = request.byRow ? rowMean(graph, reader.loss()) : reader.loss();
    Node count = request.byRow ? rowMean(graph, reader.count()) : reader.count();
    Map<Integer, Node> elementGradients = new LinkedHashMap<>();
    Map<Integer, Node> rowGradients = new LinkedHashMap<>();
    if (request.gradients) {
      List<Integer> wanted = new ArrayList<>();
      List<Node> leaves = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i).differentiable()) {
          wanted.add(i);
          leaves.add(reader.leaf(i));
        }
      }
      Span varying = request.byRow ? Span.ROW : Span.ELEMENT;
      Span span = request.seedVaries ? varying : Span.UNIFORM;
      Node seed = graph.leaf(Leaf.SEED, span, span);
      List<Node> nodes = Differentiation.gradients(graph, loss, seed, leaves);
      for (int i = 0; i < wanted.size(); i++) {
        boolean perRow = leaves.get(i).span() == Span.ROW;
        (perRow ? rowGradients : elementGradients).put(wanted.get(i), nodes.get(i));
      }
    }
    LossGraph whole = new LossGraph(
        loss,
        reader.countsDiffer() ? count : null,
        elementGradients,
        rowGradients,
        reader.violations(),
        request.byRow);
    return Expansion.of(graph, request.dtype).apply(whole);
  }

  /** A loss per element counts with its mean over the row. */
  private static Node rowMean(Graph graph, Node node) {
    boolean oneForEachRow = node.span() == Span.ROW || node.span() == Span.UNIFORM;
    return oneForEachRow ? node : graph.divide(graph.rowSum(node), graph.axisSize());
  }

  /**
   * What a graph is made for.
   *
   * @param dtype the number format
   * @param gradients whether gradients are wanted
   * @param byRow whether there is one loss for each row; else one for each element
   * @param seedVaries whether the adjoint of the loss differs by position; else it is one number, not 0
   */
  public record Request(DType dtype, boolean gradients, boolean byRow, boolean seedVaries) {}
}
