package dev.losses.engine.internal.compiler;

/** What a loop works on; {@code float[]} or {@code double[]} after the dtype. Generated code reads its fields. */
final class Tile {
  /** By slot. */
  final Object[] arrays;

  /** By slot: where in its array index 0 of the loop is. */
  final int[] offsets;

  /** What is the same everywhere, in the order of the plan. */
  final Object uniforms;

  /** Where accumulators go: a group of lanes for each. */
  final Object lanes;

  /** The size of a row, where rows lie side by side. */
  int columns;

  /** From a column to the next, where rows lie side by side. */
  int stride;

  Tile(int slots, Object uniforms, Object lanes) {
    this.arrays = new Object[slots];
    this.offsets = new int[slots];
    this.uniforms = uniforms;
    this.lanes = lanes;
  }
}
