package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.RowOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A graph as loops.
 *
 * @param walk how they go over the inputs
 * @param uniform what is the same everywhere, in the order of computation
 * @param slots the arrays they share
 * @param accumulators what each accumulator does with a value
 * @param passes over the elements
 * @param closing adds up over the rows; null where there are none
 * @param sums the accumulators of the graph's sums
 * @param loops every loop, by number
 */
record Plan(
    Walk walk,
    List<Node> uniform,
    List<Slot> slots,
    List<RowOperation> accumulators,
    List<Pass> passes,
    @Nullable Sweep closing,
    List<Integer> sums,
    List<Loop> loops) {

  /** What is done before a pass for each row, and during it for each element; then what it summed up. */
  record Pass(List<RowStep> before, Sweep during, List<RowSum> sums) {}

  /** Computes values of rows. */
  sealed interface RowStep {}

  record RowLoop(Sweep loops) implements RowStep {}

  /** The element at an index of each row. */
  record Gather(Leaf leaf, int source, int index, int target) implements RowStep {}

  /** What an accumulator holds after a row becomes that row's value. */
  record RowSum(RowOperation operation, int accumulator, int slot) {}
}
