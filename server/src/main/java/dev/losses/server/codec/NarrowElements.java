package dev.losses.server.codec;

import java.nio.ByteBuffer;

/** Makes float32 of the elements that it holds exactly. Each loop has its method, as the JIT makes more of small ones. */
final class NarrowElements {
  private NarrowElements() {}

  /** Decodes so many elements from the start of a buffer into an array from a position on. */
  static void decode(ByteBuffer buffer, ElementType type, int count, float[] values, int at) {
    switch (type) {
      case FLOAT32 -> buffer.asFloatBuffer().get(values, at, count);
      case FLOAT16 -> halves(buffer, count, values, at);
      case INT16 -> shorts(buffer, count, values, at);
      case UINT16 -> unsignedShorts(buffer, count, values, at);
      case INT8 -> bytes(buffer, count, values, at);
      case UINT8, BOOL -> unsignedBytes(buffer, count, values, at);
      default -> throw new IllegalArgumentException(type + " needs float64");
    }
  }

  private static void halves(ByteBuffer buffer, int count, float[] values, int at) {
    for (int i = 0; i < count; i++) {
      values[at + i] = widen(buffer.getShort(2 * i));
    }
  }

  private static void shorts(ByteBuffer buffer, int count, float[] values, int at) {
    for (int i = 0; i < count; i++) {
      values[at + i] = buffer.getShort(2 * i);
    }
  }

  private static void unsignedShorts(ByteBuffer buffer, int count, float[] values, int at) {
    for (int i = 0; i < count; i++) {
      values[at + i] = buffer.getChar(2 * i);
    }
  }

  private static void bytes(ByteBuffer buffer, int count, float[] values, int at) {
    for (int i = 0; i < count; i++) {
      values[at + i] = buffer.get(i);
    }
  }

  private static void unsignedBytes(ByteBuffer buffer, int count, float[] values, int at) {
    for (int i = 0; i < count; i++) {
      values[at + i] = Byte.toUnsignedInt(buffer.get(i));
    }
  }

  /** The float32 of the same value; the JDK has it only from 20 on. */
  static float widen(short half) {
    int magnitude = half & 0x7fff;
    int sign = (half & 0x8000) << 16;
    if (magnitude >= 0x7c00) {
      return Float.intBitsToFloat(sign | 0x7f800000 | ((magnitude & 0x3ff) << 13));
    }
    // As float32 the bits mean a 2^112th of the value, be it subnormal or not, as the biases are
    // 127 and 15.
    return Float.intBitsToFloat(sign | (magnitude << 13)) * 0x1p112f;
  }
}
