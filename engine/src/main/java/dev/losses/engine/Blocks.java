package dev.losses.engine;

import dev.losses.engine.internal.kernel.Block;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;

/**
 * The positions of an evaluation in blocks, and the blocks in chunks that threads take one by one. Sums are added in an
 * order that does not depend on who computed what: blocks one after the other within a chunk, then the chunks one after
 * the other, where what rounding takes is kept: a chunk is the same whether it comes with others or in a batch of its own.
 */
final class Blocks {
  /** A chunk has about so many elements, or one row if that is longer. */
  private static final int ELEMENTS_PER_CHUNK = 64 * Block.SIZE;

  private final int positions;
  private final int perChunk;
  private final int atOnce;
  private final double[] sums;
  private final int chunks;
  private final AtomicInteger nextChunk = new AtomicInteger();
  private final AtomicBoolean violated = new AtomicBoolean();

  private Blocks(int positions, int perChunk, int atOnce) {
    this.positions = positions;
    this.perChunk = perChunk;
    this.atOnce = atOnce;
    this.chunks = (positions - 1) / perChunk + 1;
    this.sums = new double[chunks * Block.MAX_SUMS];
  }

  /**
   * Blocks of elements.
   *
   * @param together whether the blocks of a chunk are computed in one go
   */
  static Blocks ofElements(int elements, boolean together) {
    return new Blocks(elements, ELEMENTS_PER_CHUNK, together ? ELEMENTS_PER_CHUNK : Block.SIZE);
  }

  /** Blocks of rows. */
  static Blocks ofRows(int rows, int columns) {
    int size = Block.rows(columns);
    int blocks = Math.max(1, ELEMENTS_PER_CHUNK / columns / size);
    return new Blocks(rows, blocks * size, size);
  }

  int chunks() {
    return chunks;
  }

  /** How many positions the largest block has. */
  int largest() {
    return Math.min(atOnce, positions);
  }

  /** Takes chunks until there are none left. Moves the block to each block of a chunk, then calls {@code compute}. */
  void compute(Block block, Runnable compute) {
    for (int chunk = nextChunk.getAndIncrement();
        chunk < chunks;
        chunk = nextChunk.getAndIncrement()) {
      long start = (long) chunk * perChunk;
      long end = Math.min(positions, start + perChunk);
      for (long first = start; first < end; first += atOnce) {
        block.moveTo((int) first, (int) Math.min(atOnce, end - first));
        compute.run();
        for (int i = 0; i < Block.MAX_SUMS; i++) {
          sums[chunk * Block.MAX_SUMS + i] += block.sums()[i];
        }
      }
    }
    if (block.violated()) {
      violated.set(true);
    }
  }

  /** Whether a value outside its domain was seen. */
  boolean violated() {
    return violated.get();
  }

  /** Hands over one of the graph's sums, times a factor, in the parts that its chunks have. */
  void add(int index, double factor, DoubleConsumer sum) {
    for (int chunk = 0; chunk < chunks; chunk++) {
      sum.accept(factor == 0 ? 0 : factor * sums[chunk * Block.MAX_SUMS + index]);
    }
  }
}
