package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import java.util.Objects;

/** The slots with a value per position of the block; longer than a block, so that loops may go on to a whole register. */
final class PositionMemory {
  private final Plan plan;
  private final Numbers numbers;
  private final Tile tile;
  private final int surplus;

  PositionMemory(Plan plan, Lanes lanes, Tile tile) {
    this.plan = plan;
    this.numbers = Numbers.of(lanes.dtype());
    this.tile = tile;
    this.surplus = lanes.group();
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      if (plan.slots().get(slot).is(Slot.Memory.OF_POSITIONS)) {
        tile.arrays[slot] = numbers.array(Block.SIZE + surplus);
      }
    }
  }

  /** Takes over weights, presence and adjoints. */
  void take(Block block) {
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      switch (plan.slots().get(slot).kind()) {
        case WEIGHT -> take(block, Leaf.WEIGHT, slot);
        case PRESENCE -> take(block, Leaf.PRESENCE, slot);
        case SEED -> take(block, Leaf.SEED, slot);
        default -> {}
      }
    }
  }

  private void take(Block block, Leaf leaf, int slot) {
    numbers.copy(block.values(leaf), tile.arrays[slot], block.count());
  }

  /** Takes over inputs with a value per row. */
  void takeInputs(Block block, Arguments arguments) {
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      Slot what = plan.slots().get(slot);
      if (what.kind() == Slot.Kind.ROW_INPUT) {
        numbers.copyPadded(
            arguments.inputs().get(what.index()),
            block.first(),
            block.count(),
            tile.arrays[slot],
            block.count() + surplus);
      }
    }
  }

  /** Hands the caller losses and gradients with a value per row. */
  void give(Block block, Arguments arguments) {
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      Slot what = plan.slots().get(slot);
      switch (what.kind()) {
        case ROW_LOSSES -> copy(block, slot, Objects.requireNonNull(arguments.losses()));
        case ROW_GRADIENT ->
          copy(block, slot, Objects.requireNonNull(arguments.gradients().get(what.index())));
        default -> {}
      }
    }
  }

  private void copy(Block block, int slot, Object target) {
    System.arraycopy(tile.arrays[slot], 0, target, block.first(), block.count());
  }
}
