package dev.losses.engine.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of a loss as nodes of one graph of {@link Primitive}s, {@link RowOperation}s and leaves.
 *
 * @param loss the unreduced loss
 * @param count what each position counts for in the mean; null where each counts 1
 * @param elementGradients of inputs with a value per element, by input index
 * @param rowGradients of inputs with a value per row, by input index
 * @param violations nodes that hold where an input is outside its domain
 * @param byRow whether there is one loss for each row; else one for each element
 */
public record LossGraph(
    Node loss,
    @Nullable Node count,
    Map<Integer, Node> elementGradients,
    Map<Integer, Node> rowGradients,
    List<Node> violations,
    boolean byRow) {

  /** Every result. */
  public List<Node> results() {
    List<Node> results = new ArrayList<>(elementGradients.values());
    results.addAll(rowGradients.values());
    results.add(loss);
    if (count != null) {
      results.add(count);
    }
    results.addAll(violations);
    return results;
  }
}
