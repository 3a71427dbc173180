package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import dev.losses.engine.internal.kernel.RowLength;
import java.util.Objects;
import java.util.function.Consumer;

/** Rows side by side: the block is turned so that a register holds one column of several rows. */
final class ShortRowsRun extends RowsRun {
  private final int[] inputs;
  private final int[] gradients;
  private final int[] turned;
  private final Object[] memory;
  private int stride;

  ShortRowsRun(Plan plan, Lanes lanes, Loops loops, Consumer<CompiledRun> whenClosed) {
    super(plan, lanes, loops, whenClosed, scratch(lanes));
    this.inputs = plan.slots(Slot.Kind.INPUT);
    this.gradients = plan.slots(Slot.Kind.GRADIENT);
    this.turned = plan.slots(Slot.Memory.CALLERS);
    this.memory = new Object[turned.length];
    for (int i = 0; i < turned.length; i++) {
      memory[i] = numbers.array(scratch(lanes));
    }
    for (int slot : plan.slots(Slot.Kind.KEPT)) {
      tile.arrays[slot] = numbers.array(scratch(lanes));
    }
  }

  /** A block whose columns are each filled up to whole registers. */
  private static int scratch(Lanes lanes) {
    return Block.SIZE + RowLength.LONGEST_SHORT * lanes.vector();
  }

  @Override
  void start(Arguments given) {
    super.start(given);
    for (int i = 0; i < turned.length; i++) {
      tile.arrays[turned[i]] = memory[i];
    }
  }

  @Override
  void begin(Block block) {
    int registers = (block.count() - 1) / lanes.vector() + 1;
    stride = registers * lanes.vector();
    tile.stride = stride;
    tile.columns = arguments.columns();
    for (int slot : inputs) {
      Object columns = tile.arrays[slot];
      Transposition.toColumns(
          arguments.inputs().get(plan.slots().get(slot).index()),
          block.first() * arguments.columns(),
          columns,
          block.count(),
          arguments.columns(),
          stride);
      for (int column = 0; column < arguments.columns(); column++) {
        int at = column * stride;
        numbers.fill(columns, at + block.count(), at + stride, numbers.get(columns, at));
      }
    }
  }

  @Override
  void pass(Plan.Pass pass, Block block) {
    run(pass.during(), stride);
    look(block, pass.during(), 1);
  }

  @Override
  void end(Block block) {
    for (int slot : gradients) {
      Transposition.toRows(
          tile.arrays[slot],
          Objects.requireNonNull(
              arguments.gradients().get(plan.slots().get(slot).index())),
          block.first() * arguments.columns(),
          block.count(),
          arguments.columns(),
          stride);
    }
  }
}
