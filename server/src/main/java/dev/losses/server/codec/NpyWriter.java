package dev.losses.server.codec;

import dev.losses.spi.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes tensors in the .npy format, version 1.0, little-endian and in row-major order, as numpy's NEP 1 specifies it.
 *
 * <p>Stateless, and so safe to use from several threads; each call has its own stream.
 */
public final class NpyWriter {
  /** So that the data can be mapped into memory. */
  private static final int ALIGNMENT = 64;

  private static final byte[] START = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private NpyWriter() {}

  /** How many bytes {@link #write} will write. */
  public static long length(Tensor tensor) {
    return header(tensor).length + ElementWriter.length(tensor);
  }

  /**
   * Writes a tensor. The stream is neither flushed nor closed.
   *
   * @throws IOException when the stream cannot be written to
   */
  public static void write(Tensor tensor, OutputStream out) throws IOException {
    out.write(header(tensor));
    ElementWriter.write(tensor, out);
  }

  private static byte[] header(Tensor tensor) {
    String axes =
        Arrays.stream(tensor.shape()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String dict = "{'descr': '<f" + ElementWriter.bytes(tensor.dtype())
        + "', 'fortran_order': False, 'shape': (" + axes + (tensor.rank() == 1 ? "," : "") + "), }";
    int before = START.length + Short.BYTES;
    int unpadded = before + dict.length() + 1;
    int padded = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String text = dict + " ".repeat(padded - unpadded) + "\n";
    return ByteBuffer.allocate(padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(START)
        .putShort((short) text.length())
        .put(text.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
