package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import dev.losses.engine.internal.kernel.Sums;
import java.util.Objects;
import java.util.function.Consumer;

/** Rows side by side: the block is turned so that a register holds one column of several rows. */
final class ShortRowsRun extends RowsRun {
  private int stride;

  ShortRowsRun(Plan plan, Lanes lanes, Loops loops, Consumer<CompiledRun> whenClosed) {
    super(plan, lanes, loops, whenClosed);
  }

  @Override
  int scratch() {
    return Block.SIZE + Sums.SHORT_ROW * lanes.vector();
  }

  @Override
  void start(Arguments given) {
    super.start(given);
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      Slot.Kind kind = plan.slots().get(slot).kind();
      if (kind == Slot.Kind.INPUT || kind == Slot.Kind.GRADIENT) {
        tile.arrays[slot] = numbers.array(scratch());
      }
    }
  }

  @Override
  void open(Block block) {
    int registers = (block.count() - 1) / lanes.vector() + 1;
    stride = registers * lanes.vector();
    tile.stride = stride;
    tile.columns = arguments.columns();
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      Slot what = plan.slots().get(slot);
      if (what.kind() == Slot.Kind.INPUT) {
        Object turned = tile.arrays[slot];
        numbers.toColumns(
            arguments.inputs().get(what.index()),
            block.first() * arguments.columns(),
            turned,
            block.count(),
            arguments.columns(),
            stride);
        for (int column = 0; column < arguments.columns(); column++) {
          int at = column * stride;
          numbers.fill(turned, at + block.count(), at + stride, numbers.get(turned, at));
        }
      }
    }
  }

  @Override
  void pass(Plan.Pass pass, Block block) {
    run(pass.during(), stride);
    look(block, pass.during());
  }

  @Override
  void close(Block block) {
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      Slot what = plan.slots().get(slot);
      if (what.kind() == Slot.Kind.GRADIENT) {
        numbers.toRows(
            tile.arrays[slot],
            Objects.requireNonNull(arguments.gradients().get(what.index())),
            block.first() * arguments.columns(),
            block.count(),
            arguments.columns(),
            stride);
      }
    }
  }
}
