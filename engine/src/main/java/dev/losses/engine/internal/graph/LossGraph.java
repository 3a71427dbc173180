package dev.losses.engine.internal.graph;

import dev.losses.spi.Extent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of a loss as nodes of one graph of {@link Primitive}s, {@link RowOperation}s and leaves.
 *
 * @param sums what is added up over the positions: the weighted loss and, where positions count for more or less than 1,
 *     what those present count for and, where positions differ in weight, the same weighted
 * @param elementGradients of inputs with a value per element, by input index
 * @param rowGradients of inputs with a value per row, by input index
 * @param violations nodes that hold where an input is outside its domain
 * @param byRow whether there is one loss for each row; else one for each element
 * @param unreduced whether the losses themselves are wanted
 */
public record LossGraph(
    List<Node> sums,
    Map<Integer, Node> elementGradients,
    Map<Integer, Node> rowGradients,
    List<Node> violations,
    boolean byRow,
    boolean unreduced) {

  /**
   * The graph that answers such a request.
   *
   * @throws IllegalArgumentException when the formula is ill-formed; the message is for its author
   */
  public static LossGraph of(Structure structure, Request request) {
    Graph graph = new Graph();
    GraphBuilder formula = new GraphBuilder(graph, structure);
    Span varying = request.byRow() ? Span.ROW : Span.ELEMENT;
    Node loss = request.byRow() ? rowMean(graph, formula.loss()) : formula.loss();
    Map<Integer, Node> elementGradients = new LinkedHashMap<>();
    Map<Integer, Node> rowGradients = new LinkedHashMap<>();
    if (request.gradients()) {
      Span span = request.weighted() ? varying : Span.UNIFORM;
      Node seed = graph.leaf(Leaf.SEED, span, span);
      List<Integer> wanted = new ArrayList<>();
      for (int i = 0; i < structure.inputs().size(); i++) {
        if (structure.inputs().get(i).differentiable()) {
          wanted.add(i);
        }
      }
      List<Node> leaves = wanted.stream().map(formula::leaf).toList();
      List<Node> gradients = Differentiation.gradients(graph, loss, seed, leaves);
      for (int i = 0; i < wanted.size(); i++) {
        boolean perRow = structure.inputs().get(wanted.get(i)).extent() == Extent.ROW;
        (perRow ? rowGradients : elementGradients).put(wanted.get(i), gradients.get(i));
      }
    }
    List<Node> sums = new ArrayList<>();
    Node weight = request.weighted() ? graph.leaf(Leaf.WEIGHT, varying, null) : graph.constant(1);
    sums.add(request.weighted() ? graph.chain(weight, loss) : loss);
    if (structure.countsDiffer()) {
      Node count = request.byRow() ? rowMean(graph, formula.count()) : formula.count();
      if (request.weighted()) {
        sums.add(graph.chain(graph.leaf(Leaf.PRESENCE, varying, null), count));
        sums.add(graph.chain(weight, count));
      } else {
        sums.add(count);
      }
    }
    LossGraph whole = new LossGraph(
        sums,
        elementGradients,
        rowGradients,
        formula.violations(),
        request.byRow(),
        request.unreduced());
    return Expansion.of(graph, request.dtype()).apply(whole);
  }

  /** A loss per element counts with its mean over the row. */
  private static Node rowMean(Graph graph, Node node) {
    boolean oneForEachRow = node.span() == Span.ROW || node.span() == Span.UNIFORM;
    return oneForEachRow ? node : graph.divide(graph.rowSum(node), graph.axisSize());
  }

  /** The weighted, unreduced loss. */
  public Node loss() {
    return sums.get(0);
  }

  /** Every result. */
  public List<Node> results() {
    List<Node> results = new ArrayList<>(elementGradients.values());
    results.addAll(rowGradients.values());
    results.addAll(sums);
    results.addAll(violations);
    return results;
  }
}
