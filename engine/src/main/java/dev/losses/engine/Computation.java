package dev.losses.engine;

/**
 * How a bound loss was computed last. Every way gives the same bits; they differ in speed. Values, gradients, dtypes and
 * weights have kernels of their own, each compiled once it has been used enough.
 *
 * @param path what computes it
 * @param reason why, as half a sentence about the loss
 */
public record Computation(Path path, String reason) {

  /** What computes a loss. */
  public enum Path {
    /** A compiled SIMD kernel. */
    SIMD("simd"),
    /** The interpreter: without SIMD, and until a kernel is compiled. */
    INTERPRETER("interpreter"),
    /** Its author's code on arrays. */
    ARRAY("array");

    private final String wireName;

    Path(String wireName) {
      this.wireName = wireName;
    }

    /** The name in answers. */
    public String wireName() {
      return wireName;
    }
  }
}
