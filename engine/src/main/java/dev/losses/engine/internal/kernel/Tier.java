package dev.losses.engine.internal.kernel;

/** How far a kernel has come. */
public enum Tier {
  /** The interpreter computes; it has not been used enough to be compiled, or there is no SIMD. */
  INTERPRETED,
  /** The interpreter computes while the compiled kernel is made and warmed. */
  COMPILING,
  /** The compiled kernel computes. */
  COMPILED,
  /** The interpreter computes, since compiling failed or did not pay. */
  REFUSED
}
