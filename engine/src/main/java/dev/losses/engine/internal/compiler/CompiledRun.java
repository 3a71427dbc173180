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
  private final int[] callers;
  private final int groups;

  /**
   * A run that may serve many evaluations.
   *
   * @param whenClosed takes the run back, to serve again
   * @param scratch how many values per element of a block are in memory between loops
   */
  CompiledRun(Plan plan, Lanes lanes, Loops loops, Consumer<CompiledRun> whenClosed, int scratch) {
    this.plan = plan;
    this.lanes = lanes;
    this.numbers = Numbers.of(lanes.dtype());
    this.loops = loops;
    this.whenClosed = whenClosed;
    this.uniforms = new Uniforms(plan.uniform(), lanes.dtype());
    this.tile = new Tile(
        plan.slots().size(),
        numbers.array(plan.uniform().size()),
        numbers.array(plan.accumulators().size() * plan.groups() * lanes.group()));
    this.groups = plan.groups();
    this.callers = plan.slots(Slot.Memory.CALLERS);
    for (int slot : plan.slots(Slot.Kind.ELEMENTS)) {
      tile.arrays[slot] = numbers.array(scratch);
    }
    this.tail = new Tail(plan, lanes, tile);
  }

  static CompiledRun of(Plan plan, Lanes lanes, Loops loops, Consumer<CompiledRun> whenClosed) {
    return switch (plan.walk()) {
      case ELEMENTS -> new ElementsRun(plan, lanes, loops, whenClosed);
      case LONG_ROWS, HUGE_ROWS -> new LongRowsRun(plan, lanes, loops, whenClosed);
      case SHORT_ROWS -> new ShortRowsRun(plan, lanes, loops, whenClosed);
    };
  }

  /** Begins an evaluation. */
  void start(Arguments arguments) {
    if (uniforms.compute(arguments)) {
      for (int i = 0; i < plan.uniform().size(); i++) {
        numbers.set(tile.uniforms, i, uniforms.get(i));
      }
    }
    for (int slot : callers) {
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
    for (int slot : callers) {
      tile.arrays[slot] = null;
    }
    tail.close();
    whenClosed.accept(this);
  }

  /** Lets index 0 of the loops be this element of the caller's arrays. */
  final void moveTo(int element) {
    for (int slot : callers) {
      tile.offsets[slot] = element;
    }
  }

  /** Runs loops whose memory is long enough for a last register that is filled up. */
  final void run(Sweep sweep, int length) {
    for (int loop : sweep.loops()) {
      loops.run(loop, tile, 0, length, 0);
    }
  }

  /** Runs loops over so many indices; the accumulators then hold what came of them, block by block. */
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
  final void look(Block block, Sweep sweep, int blocks) {
    for (int accumulator : sweep.violations()) {
      block.look(numbers.anyPositive(tile.lanes, lanesOf(accumulator, 0), blocks * lanes.group()));
    }
  }

  /** What an accumulator holds of a block, over all lanes. */
  final double total(RowOperation operation, int accumulator, int block) {
    int from = lanesOf(accumulator, block);
    return operation == RowOperation.SUM
        ? numbers.sum(tile.lanes, from)
        : numbers.max(tile.lanes, from, lanes.group());
  }

  private int lanesOf(int accumulator, int block) {
    return (accumulator * groups + block) * lanes.group();
  }
}
