package dev.losses.engine.internal.compiler;

/** The loops of a plan as generated code. */
abstract class Loops {

  /**
   * Runs a loop from an index up to, not including, another.
   *
   * @param row which row of the block a loop over elements of one row is in; else 0
   */
  abstract void run(int loop, Tile tile, int from, int to, int row);
}
