package dev.losses.engine.internal.kernel;

/**
 * Computes a loss, block by block. This is the seam between what a loss is and how it is computed: every kernel of a
 * graph gives the same bits. Immutable and thread-safe.
 */
public interface Kernel {

  /** Begins an evaluation on one thread. */
  Run start(Arguments arguments);

  /** How far it has come. */
  KernelStatus status();

  /** An evaluation on one thread. */
  interface Run extends AutoCloseable {
    /** Computes the block's positions: adds up their losses, writes their gradients. */
    void compute(Block block);

    /** Ends it; it may not be used again. */
    @Override
    default void close() {}
  }
}
