package dev.losses.server.codec;

import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes the raw elements of tensors, little-endian and in row-major order. Stateless, and so thread-safe. */
public final class ElementWriter {
  private ElementWriter() {}

  /** How many bytes {@link #write} will write. */
  public static long length(Tensor tensor) {
    return (long) tensor.size() * bytes(tensor.dtype());
  }

  /** The size of one element. */
  static int bytes(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.BYTES : Double.BYTES;
  }

  /**
   * Writes them. The stream is neither flushed nor closed.
   *
   * @throws IOException when the stream cannot be written to
   */
  public static void write(Tensor tensor, OutputStream out) throws IOException {
    boolean narrow = tensor.dtype() == DType.FLOAT32;
    int bytes = bytes(tensor.dtype());
    int size = tensor.size();
    int chunk = Math.min(size, Elements.CHUNK_BYTES / bytes);
    ByteBuffer buffer = ByteBuffer.allocate(chunk * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < size; done += chunk) {
      int count = Math.min(chunk, size - done);
      if (narrow) {
        buffer.asFloatBuffer().put(tensor.floats(), done, count);
      } else {
        buffer.asDoubleBuffer().put(tensor.doubles(), done, count);
      }
      out.write(buffer.array(), 0, count * bytes);
    }
  }
}
