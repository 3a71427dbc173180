package dev.losses.server.codec;

import dev.losses.spi.DType;
import java.nio.ByteBuffer;

/** Decodes raw elements that are in memory. */
public final class RawElements {
  private RawElements() {}

  /**
   * Decodes elements of a type that float32 holds.
   *
   * @param buffer has them from its start on, in its order
   * @param at where in the array the first one goes
   */
  public static void decode(
      ByteBuffer buffer, ElementType type, int count, float[] values, int at) {
    NarrowElements.decode(buffer, type, count, values, at);
  }

  /**
   * Decodes elements of any type; 64-bit integers are rounded to the nearest float64.
   *
   * @param buffer has them from its start on, in its order
   * @param at where in the array the first one goes
   */
  public static void decode(
      ByteBuffer buffer, ElementType type, int count, double[] values, int at) {
    if (type.dtype() == DType.FLOAT64) {
      WideElements.decode(buffer, type, count, values, at);
      return;
    }
    float[] narrow = new float[count];
    NarrowElements.decode(buffer, type, count, narrow, 0);
    for (int i = 0; i < count; i++) {
      values[at + i] = narrow[i];
    }
  }
}
