package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.graph.Node;
import dev.losses.engine.internal.graph.RowOperation;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
@SuppressWarnings("ArrayRecordComponent") // Of this package only; read in every block.
record Plan(
    Walk walk,
    List<Node> uniform,
    List<Slot> slots,
    List<RowOperation> accumulators,
    List<Pass> passes,
    @Nullable Sweep closing,
    int[] sums,
    List<Loop> loops) {

  /** Blocks that a call of a loop goes over at most. */
  private static final int BLOCKS_AT_ONCE = 16;

  /** How many groups of lanes an accumulator has: one for each block of a call. */
  int groups() {
    boolean nothingBetweenLoops = slots(Slot.Kind.ELEMENTS).length == 0;
    return walk == Walk.ELEMENTS && nothingBetweenLoops ? BLOCKS_AT_ONCE : 1;
  }

  /** The slots in such memory. */
  int[] slots(Slot.Memory memory) {
    return slots(slot -> slot.is(memory));
  }

  /** The slots of a kind. */
  int[] slots(Slot.Kind kind) {
    return slots(slot -> slot.kind() == kind);
  }

  private int[] slots(Predicate<Slot> wanted) {
    return IntStream.range(0, slots.size())
        .filter(i -> wanted.test(slots.get(i)))
        .toArray();
  }

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
