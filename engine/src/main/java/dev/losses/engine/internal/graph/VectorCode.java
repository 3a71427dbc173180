package dev.losses.engine.internal.graph;

/**
 * Where a {@link Primitive} writes itself as vector instructions. Instructions work on a stack, named after the methods
 * of {@code jdk.incubator.vector} that they call.
 */
public interface VectorCode {

  /** Whether lanes hold floats; else doubles. */
  boolean float32();

  /** Pushes an operand of the node: a vector or, for a truth, a mask. */
  VectorCode operand(int index);

  /** Pushes a vector of one number. */
  VectorCode constant(double value);

  /** Replaces a vector by {@code method()} of it. */
  VectorCode unary(String method);

  /** Replaces two vectors by {@code a.method(b)}. */
  VectorCode binary(String method);

  /** Replaces three vectors by {@code a.fma(b, c)}. */
  VectorCode fma();

  /** Pushes the mask of {@code a comparison b}. */
  VectorCode compare(int a, String comparison, int b);

  /** Replaces a mask, or two, by {@code method} of them. */
  VectorCode mask(String method, int masks);

  /** Replaces vectors a, b and a mask by b where the mask is set, else a. */
  VectorCode blend();

  /** Replaces a vector by its bits as whole numbers. */
  VectorCode toBits();

  /** Replaces bits by the vector they stand for. */
  VectorCode fromBits();

  /** Replaces bits by {@code a method constant}. */
  VectorCode bits(String method, long constant);

  /** Replaces two vectors of bits by {@code a - b}. */
  VectorCode subtractBits();

  /** Replaces bits by themselves shifted: {@code LSHL} or {@code ASHR}. */
  VectorCode shift(String direction, int by);
}
