package dev.losses.engine.internal.kernel;

/**
 * A run of neighbouring positions and what came of it. One block is used for many runs; positions are rows or, where
 * the loss is one for each element, elements.
 */
public final class Block {
  /** How many positions a block has at most, and how many elements of one row are computed at once. */
  public static final int SIZE = 1024;

  int first;
  int count;
  final boolean weighted;
  final double[] weights;
  final double[] presence;
  final double[] seeds;

  double lossSum;
  double countSum;
  double weightedCountSum;
  boolean violated;

  /** How many rows of that many columns a block has. */
  public static int rows(int columns) {
    return Math.max(1, SIZE / columns);
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

  /** Moves the block to other positions and forgets the sums. */
  public void moveTo(int newFirst, int newCount) {
    first = newFirst;
    count = newCount;
    lossSum = 0;
    countSum = 0;
    weightedCountSum = 0;
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

  /** The sum of the weighted losses. */
  public double lossSum() {
    return lossSum;
  }

  /** The sum of what the positions that take part count for. */
  public double countSum() {
    return countSum;
  }

  /** The sum of the weighted counts. */
  public double weightedCountSum() {
    return weightedCountSum;
  }

  /** Whether a value outside its domain was seen in any run so far. */
  public boolean violated() {
    return violated;
  }
}
