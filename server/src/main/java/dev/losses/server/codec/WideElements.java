package dev.losses.server.codec;

import java.nio.ByteBuffer;

/** Makes float64 of the elements that float32 does not hold exactly. */
final class WideElements {
  private WideElements() {}

  /** Decodes so many elements from the start of a buffer into an array from a position on. */
  static void decode(ByteBuffer buffer, ElementType type, int count, double[] values, int at) {
    switch (type) {
      case FLOAT64 -> buffer.asDoubleBuffer().get(values, at, count);
      case INT32 -> ints(buffer, count, values, at);
      case UINT32 -> unsignedInts(buffer, count, values, at);
      case INT64 -> longs(buffer, count, values, at);
      case UINT64 -> unsignedLongs(buffer, count, values, at);
      default -> throw new IllegalArgumentException(type + " fits float32");
    }
  }

  private static void ints(ByteBuffer buffer, int count, double[] values, int at) {
    for (int i = 0; i < count; i++) {
      values[at + i] = buffer.getInt(4 * i);
    }
  }

  private static void unsignedInts(ByteBuffer buffer, int count, double[] values, int at) {
    for (int i = 0; i < count; i++) {
      values[at + i] = Integer.toUnsignedLong(buffer.getInt(4 * i));
    }
  }

  private static void longs(ByteBuffer buffer, int count, double[] values, int at) {
    for (int i = 0; i < count; i++) {
      values[at + i] = (double) buffer.getLong(8 * i);
    }
  }

  private static void unsignedLongs(ByteBuffer buffer, int count, double[] values, int at) {
    for (int i = 0; i < count; i++) {
      values[at + i] = unsigned(buffer.getLong(8 * i));
    }
  }

  /** The float64 nearest to an unsigned number. */
  static double unsigned(long value) {
    // Halved, but for the lowest bit: that is far below the last digit, where it only tells a tie
    // from more than one.
    return value >= 0 ? (double) value : (double) (value >>> 1 | (value & 1)) * 2;
  }
}
