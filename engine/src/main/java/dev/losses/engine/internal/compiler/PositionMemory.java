package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The slots with a value per position of the block; longer than a block, so that loops may go on to a whole register. */
final class PositionMemory {
  private final Plan plan;
  private final Numbers numbers;
  private final Tile tile;
  private final int surplus;
  private final int[] weights;
  private final int[] presences;
  private final int[] seeds;
  private final int[] inputs;
  private final int[] losses;
  private final int[] gradients;

  PositionMemory(Plan plan, Lanes lanes, Tile tile) {
    this.plan = plan;
    this.numbers = Numbers.of(lanes.dtype());
    this.tile = tile;
    this.surplus = lanes.group();
    for (int slot : plan.slots(Slot.Memory.OF_POSITIONS)) {
      tile.arrays[slot] = numbers.array(Block.SIZE + surplus);
    }
    this.weights = plan.slots(Slot.Kind.WEIGHT);
    this.presences = plan.slots(Slot.Kind.PRESENCE);
    this.seeds = plan.slots(Slot.Kind.SEED);
    this.inputs = plan.slots(Slot.Kind.ROW_INPUT);
    this.losses = plan.slots(Slot.Kind.ROW_LOSSES);
    this.gradients = plan.slots(Slot.Kind.ROW_GRADIENT);
  }

  /** Takes over weights, presence and adjoints. */
  void take(Block block) {
    take(block, weights, Leaf.WEIGHT);
    take(block, presences, Leaf.PRESENCE);
    take(block, seeds, Leaf.SEED);
  }

  private void take(Block block, int[] slots, Leaf leaf) {
    for (int slot : slots) {
      numbers.copy(block.values(leaf), tile.arrays[slot], block.count());
    }
  }

  /** Takes over inputs with a value per row. */
  void takeInputs(Block block, Arguments arguments) {
    for (int slot : inputs) {
      numbers.copyPadded(
          arguments.inputs().get(plan.slots().get(slot).index()),
          block.first(),
          block.count(),
          tile.arrays[slot],
          block.count() + surplus);
    }
  }

  /** Hands the caller losses and gradients with a value per row. */
  void give(Block block, Arguments arguments) {
    for (int slot : losses) {
      copy(block, slot, arguments.losses());
    }
    for (int slot : gradients) {
      copy(block, slot, arguments.gradients().get(plan.slots().get(slot).index()));
    }
  }

  private void copy(Block block, int slot, @Nullable Object target) {
    System.arraycopy(
        tile.arrays[slot], 0, Objects.requireNonNull(target), block.first(), block.count());
  }
}
