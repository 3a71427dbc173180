package dev.losses.server.codec;

/** The memory that a request may take. */
@FunctionalInterface
public interface Allowance {

  /**
   * To be called before so many more bytes are allocated for arrays.
   *
   * @throws RuntimeException when they may not be
   */
  void take(long bytes);
}
