package dev.losses.server.inference;

import dev.losses.server.codec.ElementType;
import dev.losses.spi.DType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The protocol's names for what elements are. */
enum Datatype {
  FP16(ElementType.FLOAT16, roundsTo(65_504, 65_520)),
  FP32(ElementType.FLOAT32, roundsTo(Float.MAX_VALUE, 0x1.ffffffp127)),
  FP64(ElementType.FLOAT64, Double.MAX_VALUE),
  INT8(ElementType.INT8, 0x1p7 - 1),
  INT16(ElementType.INT16, 0x1p15 - 1),
  INT32(ElementType.INT32, 0x1p31 - 1),
  INT64(ElementType.INT64, 0x1p63),
  UINT8(ElementType.UINT8, 0x1p8 - 1),
  UINT16(ElementType.UINT16, 0x1p16 - 1),
  UINT32(ElementType.UINT32, 0x1p32 - 1),
  UINT64(ElementType.UINT64, 0x1p64),
  BOOL(ElementType.BOOL, 1);

  private final ElementType element;
  private final double most;

  Datatype(ElementType element, double most) {
    this.element = element;
    this.most = most;
  }

  /** The largest number that is rounded to the largest of a type. */
  private static double roundsTo(double largest, double halfWayBeyond) {
    return Math.max(largest, Math.nextDown(halfWayBeyond));
  }

  static Optional<Datatype> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  static Datatype of(DType dtype) {
    return dtype == DType.FLOAT32 ? FP32 : FP64;
  }

  /** All of them, for people. */
  static String all() {
    return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
  }

  ElementType element() {
    return element;
  }

  /** Whether a number can be such an element; the widest are rounded to float64. */
  boolean holds(double value) {
    if (element.isFloating()) {
      return !(Math.abs(value) > most) || Double.isInfinite(value);
    }
    return value >= least() && value <= most && value == Math.rint(value);
  }

  private double least() {
    return switch (this) {
      case INT8, INT16, INT32 -> -most - 1;
      case INT64 -> -most;
      default -> 0;
    };
  }
}
