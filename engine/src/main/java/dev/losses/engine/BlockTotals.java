package dev.losses.engine;

import dev.losses.engine.internal.kernel.Block;
import java.util.Arrays;

/**
 * The sums of all blocks, added in an order that does not depend on who computed which: blocks one after the other
 * within a chunk, then the chunks one after the other.
 */
final class BlockTotals {
  private static final int BLOCKS_PER_CHUNK = 64;

  private final int positionsPerChunk;
  private final double[] losses;
  private final double[] counts;
  private final double[] weightedCounts;

  BlockTotals(int positions, int blockSize) {
    this.positionsPerChunk = Math.multiplyExact(blockSize, BLOCKS_PER_CHUNK);
    int chunks = (positions - 1) / positionsPerChunk + 1;
    this.losses = new double[chunks];
    this.counts = new double[chunks];
    this.weightedCounts = new double[chunks];
  }

  void add(int first, Block block) {
    int chunk = first / positionsPerChunk;
    losses[chunk] += block.lossSum();
    counts[chunk] += block.countSum();
    weightedCounts[chunk] += block.weightedCountSum();
  }

  double loss() {
    return sum(losses);
  }

  double count() {
    return sum(counts);
  }

  double weightedCount() {
    return sum(weightedCounts);
  }

  private static double sum(double[] chunks) {
    return Arrays.stream(chunks, 0, chunks.length).reduce(0, Double::sum);
  }
}
