package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.RowOperation;
import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Block;
import dev.losses.engine.internal.kernel.Kernel;
import dev.losses.engine.internal.kernel.Uniforms;
import java.util.Objects;
import java.util.function.Consumer;

/** Drives a kernel's loops over the blocks of an evaluation, on one thread; serves one evaluation after the other. */
abstract class CompiledRun implements Kernel.Run {
  final Plan plan;
  final Lanes lanes;
  final Numbers numbers;
  final Tile tile;
  private final Loops loops;
  private final Consumer<CompiledRun> whenClosed;
  private final Uniforms uniforms;
  private final Tail tail;

  /** @param whenClosed takes the run back, to serve again */
  CompiledRun(Plan plan, Lanes lanes, Loops loops, Consumer<CompiledRun> whenClosed) {
    this.plan = plan;
    this.lanes = lanes;
    this.numbers = Numbers.of(lanes.dtype());
    this.loops = loops;
    this.whenClosed = whenClosed;
    this.uniforms = new Uniforms(plan.uniform(), lanes.dtype());
    this.tile = new Tile(
        plan.slots().size(),
        numbers.array(plan.uniform().size()),
        numbers.array(plan.accumulators().size() * lanes.group()));
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      if (plan.slots().get(slot).kind() == Slot.Kind.ELEMENTS) {
        tile.arrays[slot] = numbers.array(scratch());
      }
    }
    this.tail = new Tail(plan, lanes, tile);
  }

  static CompiledRun of(Plan plan, Lanes lanes, Loops loops, Consumer<CompiledRun> whenClosed) {
    return switch (plan.walk()) {
      case ELEMENTS -> new ElementsRun(plan, lanes, loops, whenClosed);
      case LONG_ROWS -> new LongRowsRun(plan, lanes, loops, whenClosed);
      case SHORT_ROWS -> new ShortRowsRun(plan, lanes, loops, whenClosed);
    };
  }

  /** How many elements of a block are in memory between loops. */
  int scratch() {
    return Block.SIZE + lanes.group();
  }

  /** Begins an evaluation. */
  void start(Arguments arguments) {
    if (uniforms.compute(arguments)) {
      for (int i = 0; i < plan.uniform().size(); i++) {
        numbers.set(tile.uniforms, i, uniforms.get(i));
      }
    }
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      Slot what = plan.slots().get(slot);
      switch (what.kind()) {
        case INPUT -> tile.arrays[slot] = arguments.inputs().get(what.index());
        case GRADIENT ->
          tile.arrays[slot] = Objects.requireNonNull(arguments.gradients().get(what.index()));
        case LOSSES -> tile.arrays[slot] = Objects.requireNonNull(arguments.losses());
        default -> {}
      }
    }
  }

  /** Ends the evaluation, and lets go of the caller's arrays. */
  @Override
  public void close() {
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      if (plan.slots().get(slot).is(Slot.Memory.CALLERS)) {
        tile.arrays[slot] = null;
      }
    }
    tail.close();
    whenClosed.accept(this);
  }

  /** Lets index 0 of the loops be this element of the caller's arrays. */
  final void moveTo(int element) {
    for (int slot = 0; slot < plan.slots().size(); slot++) {
      if (plan.slots().get(slot).is(Slot.Memory.CALLERS)) {
        tile.offsets[slot] = element;
      }
    }
  }

  /** Runs loops whose memory is long enough for a last register that is filled up. */
  final void run(Sweep sweep, int length) {
    for (int loop : sweep.loops()) {
      loops.run(loop, tile, 0, length, 0);
    }
  }

  /** Runs loops over so many indices; the accumulators then hold what came of them. */
  final void sweep(Sweep sweep, int length, int row) {
    int whole = length - length % lanes.group();
    for (int loop : sweep.loops()) {
      loops.run(loop, tile, 0, whole, row);
    }
    if (whole < length) {
      tail.run(loops, sweep, whole, length - whole, row);
    }
  }

  /** Notes whether a value outside its domain was seen in the sweep that ended. */
  final void look(Block block, Sweep sweep) {
    for (int accumulator : sweep.violations()) {
      block.look(numbers.any(tile.lanes, accumulator * lanes.group(), lanes.group()));
    }
  }

  /** What an accumulator holds, over all lanes. */
  final double total(RowOperation operation, int accumulator) {
    int from = accumulator * lanes.group();
    return operation == RowOperation.SUM
        ? numbers.sum(tile.lanes, from)
        : numbers.max(tile.lanes, from, lanes.group());
  }

  /** Leaves the graph's sums with the block. */
  final void addUp(Block block) {
    for (int i = 0; i < plan.sums().size(); i++) {
      block.sums()[i] = total(RowOperation.SUM, plan.sums().get(i));
    }
  }
}
