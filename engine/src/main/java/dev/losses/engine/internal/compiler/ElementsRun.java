package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.kernel.Block;
import java.util.function.Consumer;

/** Positions are elements. */
final class ElementsRun extends CompiledRun {
  private final PositionMemory positions;

  ElementsRun(Plan plan, Lanes lanes, Loops loops, Consumer<CompiledRun> whenClosed) {
    super(plan, lanes, loops, whenClosed);
    this.positions = new PositionMemory(plan, lanes, tile);
  }

  @Override
  public void compute(Block block) {
    moveTo(block.first());
    positions.take(block);
    for (Plan.Pass pass : plan.passes()) {
      sweep(pass.during(), block.count(), 0);
      look(block, pass.during());
    }
    addUp(block);
  }
}
