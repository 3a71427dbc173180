package dev.losses.builtin.similarity;

/** Powers of two that bring numbers to where their squares neither overflow nor vanish. */
final class Scales {
  private static final double LARGE = 1e140;
  private static final double SMALL = 1e-140;

  private Scales() {}

  /** What to multiply numbers by whose largest magnitude this is; 1 where they are fine as they are. */
  static double of(double largest) {
    boolean fine = largest == 0 || (largest > SMALL && largest < LARGE);
    return fine ? 1 : Math.scalb(1.0, -Math.min(Math.getExponent(largest), Double.MAX_EXPONENT));
  }
}
