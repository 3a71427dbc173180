package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.graph.RowOperation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Loops that run one after the other over the same indices.
 *
 * @param loops their numbers
 * @param inputs slots of the caller's that they read
 * @param outputs slots of the caller's that they write
 * @param accumulators what they leave something in
 * @param operations what each of these does with a value
 * @param violations those of the accumulators that are not 0 after a violation
 */
@SuppressWarnings("ArrayRecordComponent") // Of this package only; read in every block.
record Sweep(
    int[] loops,
    int[] inputs,
    int[] outputs,
    int[] accumulators,
    RowOperation[] operations,
    int[] violations) {

  static Sweep of(List<Loop> loops, List<Slot> slots, List<RowOperation> accumulators) {
    Set<Integer> used = new LinkedHashSet<>();
    Set<Integer> left = new LinkedHashSet<>();
    Set<Integer> violations = new LinkedHashSet<>();
    for (Loop loop : loops) {
      used.addAll(loop.memory().values());
      for (Loop.Result result : loop.results()) {
        if (result instanceof Loop.Store store) {
          used.add(store.slot());
        } else if (result instanceof Loop.Total total) {
          left.add(total.accumulator());
        } else if (result instanceof Loop.Violation violation) {
          left.add(violation.accumulator());
          violations.add(violation.accumulator());
        }
      }
    }
    IntPredicate ofCallers = slot -> slots.get(slot).is(Slot.Memory.CALLERS);
    IntPredicate input = slot -> slots.get(slot).kind() == Slot.Kind.INPUT;
    return new Sweep(
        loops.stream().mapToInt(Loop::number).toArray(),
        ints(used).filter(input).toArray(),
        ints(used).filter(ofCallers.and(input.negate())).toArray(),
        ints(left).toArray(),
        left.stream().map(accumulators::get).toArray(RowOperation[]::new),
        ints(violations).toArray());
  }

  private static IntStream ints(Set<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue);
  }

  boolean isEmpty() {
    return loops.length == 0;
  }
}
