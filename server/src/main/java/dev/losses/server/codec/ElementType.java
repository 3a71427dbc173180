package dev.losses.server.codec;

import dev.losses.spi.DType;

/** What the elements of an array are, as it came over the wire. */
public enum ElementType {
  /** IEEE 754 binary16. */
  FLOAT16(2),
  /** IEEE 754 binary32. */
  FLOAT32(4),
  /** IEEE 754 binary64. */
  FLOAT64(8),
  /** Signed integers, in two's complement. */
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  /** Unsigned integers. */
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  /** One byte, 0 for false and 1 for true. */
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether it is a binary floating-point format, and so has a say in what a loss is computed in. */
  public boolean isFloating() {
    return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
  }

  /** The narrower of our dtypes that holds every such element exactly; float64 for the 64-bit integers, which it rounds. */
  public DType dtype() {
    return switch (this) {
      case FLOAT16, FLOAT32, INT8, INT16, UINT8, UINT16, BOOL -> DType.FLOAT32;
      case FLOAT64, INT32, INT64, UINT32, UINT64 -> DType.FLOAT64;
    };
  }
}
