package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.Leaf;
import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import dev.losses.engine.internal.kernel.RowLength;
import java.util.Objects;
import java.util.function.Consumer;

/** Positions are rows. */
abstract class RowsRun extends CompiledRun {
  private final PositionMemory positions;
  private final Sweep closing;
  Arguments arguments = Arguments.NONE;
  private int columnsOfClasses;

  RowsRun(Plan plan, Lanes lanes, Loops loops, Consumer<CompiledRun> whenClosed, int scratch) {
    super(plan, lanes, loops, whenClosed, scratch);
    this.positions = new PositionMemory(plan, lanes, tile);
    this.closing = Objects.requireNonNull(plan.closing());
  }

  @Override
  void start(Arguments given) {
    super.start(given);
    arguments = given;
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      Slot what = plan.slots().get(slot);
      if (what.kind() == Slot.Kind.CLASS_VALUES) {
        tile.arrays[slot] = classValues(given.classValues().get(what.index()));
      } else if (what.kind() == Slot.Kind.CLASS_INDEX && columnsOfClasses != given.columns()) {
        tile.arrays[slot] = classIndices();
        columnsOfClasses = given.columns();
      }
    }
  }

  @Override
  public void close() {
    if (arguments.columns() > RowLength.LONGEST_KEPT) {
      for (int slot : plan.slots(Slot.Memory.OF_A_ROW)) {
        tile.arrays[slot] = null;
      }
      columnsOfClasses = 0;
    }
    arguments = Arguments.NONE;
    super.close();
  }

  @Override
  public void compute(Block block) {
    positions.take(block);
    positions.takeInputs(block, arguments);
    begin(block);
    for (Plan.Pass pass : plan.passes()) {
      for (Plan.RowStep step : pass.before()) {
        if (step instanceof Plan.RowLoop loop) {
          run(loop.loops(), block.count());
        } else {
          gather((Plan.Gather) step, block);
        }
      }
      if (!pass.during().isEmpty()) {
        pass(pass, block);
      }
    }
    end(block);
    sweep(closing, block.count(), 0);
    look(block, closing, 1);
    for (int i = 0; i < plan.sums().length; i++) {
      block.sums()[i] = total(RowOperation.SUM, plan.sums()[i], 0);
    }
    positions.give(block, arguments);
  }

  /** Before the first pass over a block. */
  void begin(Block block) {}

  /** Goes over the elements of the block's rows. */
  abstract void pass(Plan.Pass pass, Block block);

  /** After the last. */
  void end(Block block) {}

  private void gather(Plan.Gather gather, Block block) {
    Object indices = tile.arrays[gather.index()];
    Object target = tile.arrays[gather.target()];
    int columns = arguments.columns();
    for (int i = 0; i < block.count(); i++) {
      double index = numbers.get(indices, i);
      boolean inRow = index >= 0 && index < columns && index == Math.rint(index);
      numbers.set(target, i, inRow ? value(gather, block.first() + i, (int) index) : 0);
    }
  }

  private double value(Plan.Gather gather, int row, int column) {
    if (gather.leaf() == Leaf.CLASS_VALUES) {
      double[] values = arguments.classValues().get(gather.source());
      return values[values.length == 1 ? 0 : column];
    }
    return numbers.get(arguments.inputs().get(gather.source()), row * arguments.columns() + column);
  }

  private Object classValues(double[] values) {
    int columns = arguments.columns();
    Object array = numbers.array(columns + lanes.group());
    for (int i = 0; i < columns; i++) {
      numbers.set(array, i, values[values.length == 1 ? 0 : i]);
    }
    return array;
  }

  private Object classIndices() {
    int length = arguments.columns() + lanes.group();
    Object array = numbers.array(length);
    for (int i = 0; i < length; i++) {
      numbers.set(array, i, i);
    }
    return array;
  }
}
