package dev.losses.server.codec;

import java.nio.ByteOrder;

/**
 * The string that names a dtype in a .npy header, such as {@code <f4}: the order of the bytes, the kind, and the bytes
 * of an element.
 */
record NpyDescr(ElementType type, ByteOrder order) {

  static final String STRUCTURED =
      "The dtype is structured; save one array for each field: array['field']";

  /**
   * Understands a dtype's string.
   *
   * @throws FormatException when it is no plain number; the message tells how to save the array instead
   */
  static NpyDescr parse(String descr) {
    if (descr.length() < 2) {
      throw unknown(descr);
    }
    char order = descr.charAt(0);
    String rest = descr.substring(1);
    refuseOthersThanNumbers(descr, rest);
    ElementType type = type(descr, rest);
    return switch (order) {
      case '<' -> new NpyDescr(type, ByteOrder.LITTLE_ENDIAN);
      case '>' -> new NpyDescr(type, ByteOrder.BIG_ENDIAN);
      case '|' -> {
        if (type.bytes() > 1) {
          throw new FormatException("The dtype " + Excerpt.of(descr)
              + " does not tell the order of an element's bytes; write '<' or '>' for '|'");
        }
        yield new NpyDescr(type, ByteOrder.LITTLE_ENDIAN);
      }
      case '=' ->
        throw new FormatException("The dtype " + Excerpt.of(descr)
            + " does not tell the order of an element's bytes; write '<' or '>' for '='");
      default -> throw unknown(descr);
    };
  }

  private static ElementType type(String descr, String rest) {
    return switch (rest) {
      case "f2" -> ElementType.FLOAT16;
      case "f4" -> ElementType.FLOAT32;
      case "f8" -> ElementType.FLOAT64;
      case "i1" -> ElementType.INT8;
      case "i2" -> ElementType.INT16;
      case "i4" -> ElementType.INT32;
      case "i8" -> ElementType.INT64;
      case "u1" -> ElementType.UINT8;
      case "u2" -> ElementType.UINT16;
      case "u4" -> ElementType.UINT32;
      case "u8" -> ElementType.UINT64;
      case "b1" -> ElementType.BOOL;
      case "f12", "f16" ->
        throw refused(descr, "is a long double, which differs between machines", "float64");
      default -> throw unknown(descr);
    };
  }

  private static void refuseOthersThanNumbers(String descr, String rest) {
    switch (rest.charAt(0)) {
      case 'O' ->
        throw refused(
            descr, "means pickled Python objects, and unpickling could run code", "float64");
      case 'c' ->
        throw new FormatException("The dtype " + Excerpt.of(descr)
            + " is complex; save its parts as arrays of their own: array.real, array.imag");
      case 'S', 'a', 'U', 'T' -> throw refused(descr, "means strings", "float64");
      case 'M', 'm' -> throw refused(descr, "means dates or times", "int64");
      case 'V' ->
        throw refused(
            descr, "means raw bytes, as which bfloat16 and structures are saved, too", "float32");
      default -> {}
    }
  }

  private static FormatException refused(String descr, String why, String instead) {
    return new FormatException("The dtype " + Excerpt.of(descr) + " " + why
        + "; save numbers instead: array.astype('" + instead + "')");
  }

  private static FormatException unknown(String descr) {
    return refused(descr, "is none of f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1", "float32");
  }
}
