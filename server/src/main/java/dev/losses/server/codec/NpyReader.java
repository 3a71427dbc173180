package dev.losses.server.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads arrays in the .npy format, versions 1.0, 2.0 and 3.0, as numpy's NEP 1 and its module {@code numpy.lib.format}
 * specify it. Reads arrays of plain numbers alone; a dtype of Python objects, which to read means to run code, and every
 * other one are refused with a hint at what to save instead.
 *
 * <p>Stateless, and so safe to use from several threads; each call has its own stream.
 */
public final class NpyReader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** What numpy reads unless it is told to trust the file. */
  private static final int MOST_HEADER_BYTES = 10_000;

  private NpyReader() {}

  /**
   * Reads an array that is all of the stream.
   *
   * @param mostBytes the most that the stream can deliver; an array that claims more is refused before anything is
   *     allocated
   * @param allowance is asked before the array is allocated
   * @throws FormatException when it is no such array, or more follows; {@link TooLargeException} when it claims too much
   * @throws IOException when the stream cannot be read
   */
  public static DecodedArray readWhole(InputStream in, long mostBytes, Allowance allowance)
      throws IOException {
    DecodedArray array = read(in, mostBytes, allowance);
    StreamEnd.expect(in, "the array");
    return array;
  }

  /**
   * Reads an array, and of the stream exactly its bytes.
   *
   * @param mostBytes the most that the stream can still deliver; an array that claims more is refused before anything
   *     is allocated
   * @param allowance is asked before the array is allocated
   * @throws FormatException when it is no such array; {@link TooLargeException} when it claims too much
   * @throws IOException when the stream cannot be read
   */
  public static DecodedArray read(InputStream in, long mostBytes, Allowance allowance)
      throws IOException {
    int version = version(in);
    int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
    int length = headerLength(part(in, lengthBytes));
    NpyHeader header =
        NpyHeaderParser.parse(new String(part(in, length), StandardCharsets.ISO_8859_1));
    int[] shape = header.shape().stream().mapToInt(Integer::intValue).toArray();
    long claimed = (long) Elements.sizeOf(shape) * header.type().bytes();
    long left = mostBytes - (MAGIC.length + 2 + lengthBytes + length);
    if (claimed > left) {
      throw new TooLargeException("The header claims " + claimed
          + " bytes of data, but no more than " + Math.max(left, 0) + " can follow");
    }
    return Elements.read(
        in, header.type(), header.order(), shape, header.fortranOrder(), allowance);
  }

  /** Reads as far as the version's number, of which the minor one is always 0. */
  private static int version(InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(start, MAGIC)) {
      throw new FormatException(
          start.length == 0
              ? "There are no bytes where a .npy file should be"
              : isZip(start)
                  ? "Not a .npy file but a zip, as a .npz is"
                  : "Not a .npy file: it does not begin with the byte 147 and NUMPY");
    }
    byte[] version = part(in, 2);
    if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
      throw new FormatException(
          "Version " + Byte.toUnsignedInt(version[0]) + "." + Byte.toUnsignedInt(version[1])
              + " of the .npy format is unknown; 1.0, 2.0 and 3.0 are read");
    }
    return version[0];
  }

  private static boolean isZip(byte[] start) {
    return start.length > 1 && start[0] == 'P' && start[1] == 'K';
  }

  private static int headerLength(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length =
        bytes.length == Short.BYTES ? buffer.getChar() : Integer.toUnsignedLong(buffer.getInt());
    if (length > MOST_HEADER_BYTES) {
      throw new FormatException("The header claims to be " + length + " bytes long; no more than "
          + MOST_HEADER_BYTES + " are read");
    }
    return (int) length;
  }

  private static byte[] part(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new FormatException("The .npy file ends in the middle of its header");
    }
    return bytes;
  }
}
