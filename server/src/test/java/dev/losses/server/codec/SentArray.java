package dev.losses.server.codec;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;

/** An array of random elements, encoded bit by bit as a sender would, without what is under test. */
final class SentArray {
  private final ElementType type;
  private final ByteOrder order;
  private final boolean fortranOrder;
  private final int[] shape;
  private final double[] values;
  private final byte[] data;

  private SentArray(
      ElementType type,
      ByteOrder order,
      boolean fortranOrder,
      int[] shape,
      double[] values,
      byte[] data) {
    this.type = type;
    this.order = order;
    this.fortranOrder = fortranOrder;
    this.shape = shape;
    this.values = values;
    this.data = data;
  }

  ElementType type() {
    return type;
  }

  ByteOrder order() {
    return order;
  }

  boolean fortranOrder() {
    return fortranOrder;
  }

  int[] shape() {
    return shape;
  }

  /** What the elements are, in row-major order. */
  double[] values() {
    return values;
  }

  /** Their bytes, in the order asked for. */
  byte[] data() {
    return data;
  }

  static SentArray random(
      ElementType type, ByteOrder order, boolean fortranOrder, int[] shape, long seed) {
    Random random = new Random(seed);
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] values = new double[size];
    byte[] data = new byte[size * type.bytes()];
    int[] index = new int[shape.length];
    for (int i = 0; i < size; i++) {
      long bits = type == ElementType.BOOL ? random.nextInt(2) : random.nextLong();
      values[i] = value(type, bits);
      int position = fortranOrder ? fortranPosition(index, shape) : i;
      for (int b = 0; b < type.bytes(); b++) {
        int place = order == ByteOrder.LITTLE_ENDIAN ? b : type.bytes() - 1 - b;
        data[position * type.bytes() + place] = (byte) (bits >>> (8 * b));
      }
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return new SentArray(type, order, fortranOrder, shape, values, data);
  }

  private static int fortranPosition(int[] index, int[] shape) {
    int position = 0;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      position = position * shape[axis] + index[axis];
    }
    return position;
  }

  private static double value(ElementType type, long bits) {
    BigInteger unsigned = BigInteger.valueOf(bits).mod(BigInteger.ONE.shiftLeft(8 * type.bytes()));
    boolean negative = unsigned.testBit(8 * type.bytes() - 1);
    BigInteger signed =
        negative ? unsigned.subtract(BigInteger.ONE.shiftLeft(8 * type.bytes())) : unsigned;
    return switch (type) {
      case FLOAT16 -> half(unsigned.intValue());
      case FLOAT32 -> Float.intBitsToFloat((int) bits);
      case FLOAT64 -> Double.longBitsToDouble(bits);
      case INT8, INT16, INT32, INT64 -> signed.doubleValue();
      case UINT8, UINT16, UINT32, UINT64, BOOL -> unsigned.doubleValue();
    };
  }

  /** IEEE 754's definition of binary16. */
  static double half(int bits) {
    int exponent = (bits >> 10) & 31;
    int fraction = bits & 1023;
    double magnitude;
    if (exponent == 31) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb(fraction / 1024.0, -14);
    } else {
      magnitude = Math.scalb(1 + fraction / 1024.0, exponent - 15);
    }
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }

  @Override
  public String toString() {
    return descr() + (fortranOrder ? " in Fortran order " : " ") + Arrays.toString(shape);
  }

  /** The dtype as numpy writes it. */
  String descr() {
    String kind = type == ElementType.BOOL
        ? "b"
        : type.isFloating() ? "f" : type.name().startsWith("U") ? "u" : "i";
    String prefix = type.bytes() == 1 ? "|" : order == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
    return prefix + kind + type.bytes();
  }

  byte[] npy() {
    String axes =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String header = "{'descr': '" + descr() + "', 'fortran_order': "
        + (fortranOrder ? "True" : "False") + ", 'shape': (" + axes + (shape.length == 1 ? "," : "")
        + "), }";
    return npy(1, header, data);
  }

  static byte[] npy(int version, String header, byte[] data) {
    int prefix = version == 1 ? 10 : 12;
    String padded = header + " ".repeat(63 - (prefix + header.length()) % 64) + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x93);
    "NUMPY".chars().forEach(out::write);
    out.write(version);
    out.write(0);
    for (int b = 0; b < prefix - 8; b++) {
      out.write(padded.length() >>> (8 * b));
    }
    padded.chars().forEach(out::write);
    out.writeBytes(data);
    return out.toByteArray();
  }
}
