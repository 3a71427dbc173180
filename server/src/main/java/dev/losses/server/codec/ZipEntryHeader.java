package dev.losses.server.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What precedes the data of an entry: the local file header of PKWARE's APPNOTE, 4.3.7, with the sizes of 64 bits (4.5.3)
 * that numpy always writes.
 *
 * @param deflated whether it is compressed; else it is stored as it is
 * @param described whether checksum and sizes follow the data, being unknown before
 * @param zip64 whether those sizes have 64 bits
 * @param crc the CRC-32 of the data
 * @param compressedSize the bytes it takes in the zip
 * @param size the bytes of the data
 */
record ZipEntryHeader(
    String name,
    boolean deflated,
    boolean described,
    boolean zip64,
    long crc,
    long compressedSize,
    long size) {
  private static final int ENCRYPTED = 1;
  private static final int DESCRIBED = 1 << 3;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int ZIP64_FIELD = 1;
  private static final long IN_ZIP64_FIELD = 0xffffffffL;

  /**
   * Reads a header after its signature.
   *
   * @throws FormatException when it ends early, or the entry cannot be read
   */
  static ZipEntryHeader read(ZipSource source) throws IOException {
    source.begin("an entry's header");
    source.skip(2);
    int flags = source.u16();
    int method = source.u16();
    source.skip(4);
    long crc = source.u32();
    long compressedSize = source.u32();
    long size = source.u32();
    int nameLength = source.u16();
    int extraLength = source.u16();
    String name = new String(source.bytes(nameLength), StandardCharsets.UTF_8);
    ByteBuffer extra = ByteBuffer.wrap(source.bytes(extraLength)).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer large = largeSizes(extra);
    // In this order, and each only where it has no room in its 32 bits.
    size = large == null ? size : fullSize(size, large);
    compressedSize = large == null ? compressedSize : fullSize(compressedSize, large);
    ZipEntryHeader header = new ZipEntryHeader(
        name,
        method == DEFLATED,
        (flags & DESCRIBED) != 0,
        large != null,
        crc,
        compressedSize,
        size);
    header.refuseUnreadable(flags, method);
    return header;
  }

  private static @Nullable ByteBuffer largeSizes(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = extra.getChar();
      int length = Math.min(extra.getChar(), extra.remaining());
      if (id == ZIP64_FIELD) {
        return extra.limit(extra.position() + length);
      }
      extra.position(extra.position() + length);
    }
    return null;
  }

  private static long fullSize(long size, ByteBuffer large) {
    return size == IN_ZIP64_FIELD && large.remaining() >= Long.BYTES ? large.getLong() : size;
  }

  private void refuseUnreadable(int flags, int method) {
    if ((flags & ENCRYPTED) != 0) {
      throw new FormatException("The zip's " + Excerpt.of(name) + " is encrypted");
    }
    if (method != STORED && method != DEFLATED) {
      throw new FormatException("The zip's " + Excerpt.of(name) + " is compressed by method "
          + method + "; only stored (0) and deflated (8) entries are read");
    }
    if (described && !deflated) {
      throw new FormatException("The zip's " + Excerpt.of(name)
          + " is stored without its length, as numpy.savez does into a pipe;"
          + " save to a file or an io.BytesIO first, or use numpy.savez_compressed");
    }
    if (!described && (size < 0 || (!deflated && size != compressedSize))) {
      throw new FormatException("The header of the zip's " + Excerpt.of(name) + " is damaged");
    }
  }
}
