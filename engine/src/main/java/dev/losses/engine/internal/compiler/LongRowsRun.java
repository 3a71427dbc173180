package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import java.util.List;
import java.util.function.Consumer;

/** One row after the other, a block of columns at a time. */
final class LongRowsRun extends RowsRun {
  private static final int LARGEST_RETAINED = 16 * Block.SIZE;

  private final double[] partial;
  private final int[] classes;
  private final int[] kept;
  private int keptLength;

  LongRowsRun(Plan plan, Lanes lanes, Loops loops, Consumer<CompiledRun> whenClosed) {
    super(plan, lanes, loops, whenClosed, Block.SIZE + lanes.group());
    this.classes = plan.slots(Slot.Memory.OF_A_ROW);
    this.kept = plan.slots(Slot.Kind.KEPT);
    this.partial = new double[plan.accumulators().size()];
  }

  @Override
  void start(Arguments given) {
    super.start(given);
    if (kept.length == 0) {
      return;
    }
    int rows = Math.min(given.rows(), Block.rows(given.columns()));
    int length = rows * given.columns() + lanes.group();
    if (keptLength < length) {
      keptLength = length;
      for (int slot : kept) {
        tile.arrays[slot] = numbers.array(length);
      }
    }
  }

  /** Lets go of memory that only few rows are long enough to need. */
  @Override
  public void close() {
    if (keptLength > LARGEST_RETAINED) {
      keptLength = 0;
      for (int slot : kept) {
        tile.arrays[slot] = null;
      }
    }
    super.close();
  }

  @Override
  void pass(Plan.Pass pass, Block block) {
    List<Plan.RowSum> sums = pass.sums();
    int columns = arguments.columns();
    for (int row = 0; row < block.count(); row++) {
      for (int i = 0; i < sums.size(); i++) {
        partial[i] = LoopWriter.initial(sums.get(i).operation());
      }
      int start = (block.first() + row) * columns;
      for (long at = 0; at < columns; at += Block.SIZE) {
        int column = (int) at;
        moveTo(start + column);
        moveTo(classes, column);
        moveTo(kept, row * columns + column);
        sweep(pass.during(), Math.min(Block.SIZE, columns - column), row);
        look(block, pass.during(), 1);
        for (int i = 0; i < sums.size(); i++) {
          RowOperation operation = sums.get(i).operation();
          double total = total(operation, sums.get(i).accumulator(), 0);
          partial[i] =
              operation == RowOperation.SUM ? partial[i] + total : Math.max(partial[i], total);
        }
      }
      for (int i = 0; i < sums.size(); i++) {
        numbers.set(tile.arrays[sums.get(i).slot()], row, partial[i]);
      }
    }
  }

  private void moveTo(int[] slots, int index) {
    for (int slot : slots) {
      tile.offsets[slot] = index;
    }
  }
}
