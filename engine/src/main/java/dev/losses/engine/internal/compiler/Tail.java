package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.kernel.Block;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last group of lanes when the length is no multiple of it. The same loops run on a group that is filled up; what
 * the surplus lanes give is dropped. So no formula is written twice.
 */
final class Tail {
  private final Tile tile;
  private final Lanes lanes;
  private final int groups;
  private final Numbers numbers;
  private final Tile main;
  private final @Nullable Object[] pads;

  Tail(Plan plan, Lanes lanes, Tile main) {
    this.lanes = lanes;
    this.groups = plan.groups();
    this.numbers = Numbers.of(lanes.dtype());
    this.main = main;
    this.pads = new Object[plan.slots().size()];
    this.tile =
        new Tile(plan.slots().size(), main.uniforms, numbers.array(numbers.length(main.lanes)));
  }

  /** Runs loops on the group that starts at an index, of which so many indices are real. */
  void run(Loops code, Sweep sweep, int from, int real, int row) {
    System.arraycopy(main.arrays, 0, tile.arrays, 0, pads.length);
    System.arraycopy(main.offsets, 0, tile.offsets, 0, pads.length);
    for (int slot : sweep.inputs()) {
      int at = main.offsets[slot] + from;
      // What lies behind the end of a row may be read, as long as it is there.
      if (at > numbers.length(main.arrays[slot]) - lanes.group()) {
        redirect(slot, from);
        numbers.copyPadded(main.arrays[slot], at, real, tile.arrays[slot], lanes.group());
      }
    }
    for (int slot : sweep.outputs()) {
      redirect(slot, from);
    }
    for (int loop : sweep.loops()) {
      code.run(loop, tile, from, from + lanes.group(), row);
    }
    for (int slot : sweep.outputs()) {
      System.arraycopy(tile.arrays[slot], 0, main.arrays[slot], main.offsets[slot] + from, real);
    }
    int block = from / Block.SIZE;
    boolean opensBlock = from > 0 && from % Block.SIZE == 0;
    for (int i = 0; i < sweep.accumulators().length; i++) {
      RowOperation operation = sweep.operations()[i];
      int first = sweep.accumulators()[i] * groups * lanes.group();
      int at = first + block * lanes.group();
      if (opensBlock) {
        numbers.fill(main.lanes, at, at + lanes.group(), LoopWriter.initial(operation));
      }
      numbers.merge(operation, main.lanes, at, tile.lanes, first, real);
    }
  }

  private void redirect(int slot, int from) {
    Object pad = pads[slot];
    if (pad == null) {
      pad = numbers.array(lanes.group());
      pads[slot] = pad;
    }
    tile.arrays[slot] = pad;
    tile.offsets[slot] = -from;
  }

  /** Lets go of the caller's arrays. */
  void close() {
    Arrays.fill(tile.arrays, null);
  }
}
