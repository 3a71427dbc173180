package dev.losses.server.codec;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads the raw elements of an array, one after the other with nothing between them: the data of a .npy file, or a
 * binary tensor of the Open Inference Protocol.
 *
 * <p>Stateless, and so safe to use from several threads; each call has its own stream.
 */
public final class Elements {
  /** Little enough to stay in the nearest cache on its way into the array. */
  static final int CHUNK_BYTES = 1 << 14;

  /** What every JVM can allocate; some need a few words of the largest array for themselves. */
  public static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private Elements() {}

  /**
   * Reads an array, and of the stream exactly its bytes. float16 is widened exactly; 64-bit integers are rounded to the
   * nearest float64.
   *
   * @param order the order of the bytes of one element
   * @param fortranOrder whether the first axis varies fastest in the stream; the tensor is in row-major order anyway
   * @param allowance is asked for the tensor's bytes before they are allocated; buffers of a fixed size are not counted
   * @throws FormatException when the stream ends early, the shape is none, or a BOOL is neither 0 nor 1
   * @throws IOException when the stream cannot be read
   */
  public static DecodedArray read(
      InputStream in,
      ElementType type,
      ByteOrder order,
      int[] shape,
      boolean fortranOrder,
      Allowance allowance)
      throws IOException {
    int size = sizeOf(shape);
    DType dtype = type.dtype();
    Tensor tensor = dtype == DType.FLOAT32
        ? Tensor.of(allowance.floats(size), shape)
        : Tensor.of(allowance.doubles(size), shape);
    int chunkSize = Math.min(size, CHUNK_BYTES / type.bytes());
    byte[] bytes = new byte[chunkSize * type.bytes()];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    boolean scattered = fortranOrder && FortranOrder.differs(shape);
    Tensor target = scattered ? Tensor.zeros(dtype, chunkSize) : tensor;
    FortranOrder positions = new FortranOrder(shape, scattered ? chunkSize : 0);
    for (int done = 0; done < size; ) {
      int count = Math.min(chunkSize, size - done);
      fill(in, bytes, count, done, size, type);
      decode(buffer, type, count, target, scattered ? 0 : done);
      if (scattered) {
        positions.scatter(target, count, tensor);
      }
      done += count;
    }
    return new DecodedArray(tensor, type);
  }

  /**
   * How many elements a shape holds that somebody sent.
   *
   * @throws FormatException when an axis is negative, or they are more than an array can hold
   */
  static int sizeOf(int[] shape) {
    long size = 1;
    for (int axis : shape) {
      if (axis < 0) {
        throw new FormatException("The shape " + Arrays.toString(shape) + " has a negative axis");
      }
      size *= axis;
      if (size > MOST_ELEMENTS) {
        throw new FormatException(
            "The shape " + Arrays.toString(shape) + " holds more elements than an array can");
      }
    }
    return (int) size;
  }

  private static void fill(
      InputStream in, byte[] bytes, int count, int done, int size, ElementType type)
      throws IOException {
    int wanted = count * type.bytes();
    int read = in.readNBytes(bytes, 0, wanted);
    if (read < wanted) {
      throw new FormatException("The data end after " + ((long) done * type.bytes() + read) + " of "
          + (long) size * type.bytes() + " bytes");
    }
    if (type == ElementType.BOOL) {
      for (int i = 0; i < count; i++) {
        if (bytes[i] >>> 1 != 0) {
          throw new FormatException("Element " + (done + i) + " of the data is the byte "
              + Byte.toUnsignedInt(bytes[i]) + "; a bool is 0 or 1");
        }
      }
    }
  }

  private static void decode(
      ByteBuffer buffer, ElementType type, int count, Tensor target, int at) {
    if (target.dtype() == DType.FLOAT32) {
      NarrowElements.decode(buffer, type, count, target.floats(), at);
    } else {
      WideElements.decode(buffer, type, count, target.doubles(), at);
    }
  }
}
