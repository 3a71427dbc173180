package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.kernel.Block;
import java.util.Arrays;
import java.util.function.Consumer;

/** Positions are elements; several blocks are computed at once where no loop waits for another. */
final class ElementsRun extends CompiledRun {
  private final PositionMemory positions;
  private final Sweep loops;
  private final int atOnce;

  ElementsRun(Plan plan, Lanes lanes, Loops loops, Consumer<CompiledRun> whenClosed) {
    super(plan, lanes, loops, whenClosed, Block.SIZE + lanes.group());
    this.positions = new PositionMemory(plan, lanes, tile);
    this.loops = plan.passes().get(0).during();
    this.atOnce = plan.groups() * Block.SIZE;
  }

  @Override
  public void compute(Block block) {
    positions.take(block);
    Arrays.fill(block.sums(), 0);
    for (int done = 0; done < block.count(); done += atOnce) {
      int length = Math.min(atOnce, block.count() - done);
      int blocks = (length - 1) / Block.SIZE + 1;
      moveTo(block.first() + done);
      sweep(loops, length, 0);
      look(block, loops, blocks);
      for (int i = 0; i < plan.sums().length; i++) {
        for (int j = 0; j < blocks; j++) {
          block.sums()[i] += total(RowOperation.SUM, plan.sums()[i], j);
        }
      }
    }
  }
}
