package dev.losses.engine;

import dev.losses.engine.internal.kernel.Block;

/**
 * The sums of all blocks, added in an order that does not depend on who computed which: blocks one after the other
 * within a chunk, then the chunks one after the other.
 */
final class BlockTotals {
  private static final int BLOCKS_PER_CHUNK = 64;

  private final int positionsPerChunk;
  private final double[][] chunks;

  BlockTotals(int positions, int blockSize) {
    this.positionsPerChunk = Math.multiplyExact(blockSize, BLOCKS_PER_CHUNK);
    this.chunks = new double[(positions - 1) / positionsPerChunk + 1][Block.MAX_SUMS];
  }

  void add(int first, Block block) {
    double[] chunk = chunks[first / positionsPerChunk];
    for (int i = 0; i < chunk.length; i++) {
      chunk[i] += block.sums()[i];
    }
  }

  /** The whole of one of the graph's sums. */
  double sum(int index) {
    double sum = 0;
    for (double[] chunk : chunks) {
      sum += chunk[index];
    }
    return sum;
  }
}
