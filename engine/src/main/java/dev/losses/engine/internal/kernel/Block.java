package dev.losses.engine.internal.kernel;

import dev.losses.engine.internal.graph.Leaf;

/**
 * A run of neighbouring positions and what came of it. One block is used for many runs; positions are rows or, where
 * the loss is one for each element, elements. A run of elements without weights may have several times {@link #SIZE};
 * it is added up by that size all the same.
 */
public final class Block {
  /** How many positions are added up at once, and how many elements of one row. */
  public static final int SIZE = 1024;

  /** Long rows of a block together have at most so many elements, if they are not one row. */
  private static final int ELEMENTS_OF_LONG_ROWS = 8 * SIZE;

  /** How many sums a graph has at most. */
  public static final int MAX_SUMS = 3;

  int first;
  int count;
  final boolean weighted;
  final double[] weights;
  final double[] presence;
  final double[] seeds;

  final double[] sums = new double[MAX_SUMS];
  boolean violated;

  /** How many rows of that many columns a block has. What is done once a row then costs little, however short it is. */
  public static int rows(int columns) {
    int elements = RowLength.of(columns) == RowLength.SHORT ? SIZE : ELEMENTS_OF_LONG_ROWS;
    return Math.max(1, elements / columns);
  }

  /**
   * A block for at most so many positions.
   *
   * @param isWeighted whether positions have weights, presence and adjoints of their own, to be filled in before each run
   */
  public Block(int capacity, boolean isWeighted) {
    int varying = isWeighted ? capacity : 0;
    weighted = isWeighted;
    weights = new double[varying];
    presence = new double[varying];
    seeds = new double[varying];
  }

  /** Moves the block to other positions. */
  public void moveTo(int newFirst, int newCount) {
    first = newFirst;
    count = newCount;
  }

  /** The first position. */
  public int first() {
    return first;
  }

  /** How many positions. */
  public int count() {
    return count;
  }

  /** Notes whether a value outside its domain was seen. */
  public void look(boolean violationSeen) {
    violated |= violationSeen;
  }

  /** The weight of each position, 0 where masked out. */
  public double[] weights() {
    return weights;
  }

  /** 1 for each position that takes part, 0 where masked out. */
  public double[] presence() {
    return presence;
  }

  /** The adjoint of each position's loss. */
  public double[] seeds() {
    return seeds;
  }

  /** The weights, the presence or the adjoints. */
  public double[] values(Leaf leaf) {
    return switch (leaf) {
      case WEIGHT -> weights;
      case PRESENCE -> presence;
      case SEED -> seeds;
      default -> throw new IllegalStateException("A block has no " + leaf);
    };
  }

  /** What came of the graph's sums, in their order. */
  public double[] sums() {
    return sums;
  }

  /** Whether a value outside its domain was seen in any run so far. */
  public boolean violated() {
    return violated;
  }
}
