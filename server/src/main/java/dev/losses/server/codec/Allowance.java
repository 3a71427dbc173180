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

  /** An array for whoever writes every element of it; there may be anything in it before. */
  default float[] floats(int length) {
    take((long) length * Float.BYTES);
    return new float[length];
  }

  /** An array for whoever writes every element of it; there may be anything in it before. */
  default double[] doubles(int length) {
    take((long) length * Double.BYTES);
    return new double[length];
  }
}
