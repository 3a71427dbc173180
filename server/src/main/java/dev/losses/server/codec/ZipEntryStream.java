package dev.losses.server.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The data of one entry, checked against its checksum and sizes as soon as its end is read. Complaints leave it unnamed. */
final class ZipEntryStream extends InputStream {
  private final ZipSource source;
  private final ZipEntryHeader header;
  private final Inflater inflater;
  private final CRC32 crc = new CRC32();
  private final long mostBytes;
  private long count;
  private boolean ended;

  /**
   * After the entry's header.
   *
   * @param inflater is fresh, or reset
   * @param mostBytes how many bytes are read before it counts as too large
   */
  ZipEntryStream(ZipSource source, ZipEntryHeader header, Inflater inflater, long mostBytes) {
    this.source = source;
    this.header = header;
    this.inflater = inflater;
    this.mostBytes = mostBytes;
    source.begin("the data");
  }

  /** How many bytes were read so far. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (ended) {
      return -1;
    }
    int read = header.deflated() ? inflated(bytes, offset, length) : stored(bytes, offset, length);
    if (read < 0) {
      checkEnd();
      ended = true;
      return -1;
    }
    crc.update(bytes, offset, read);
    count += read;
    if (count > mostBytes) {
      throw new TooLargeException("More than " + mostBytes + " bytes when decompressed");
    }
    return read;
  }

  private int inflated(byte[] bytes, int offset, int length) throws IOException {
    try {
      return source.inflate(inflater, bytes, offset, length);
    } catch (DataFormatException e) {
      throw damaged("the compressed data make no sense");
    }
  }

  private int stored(byte[] bytes, int offset, int length) throws IOException {
    long left = header.size() - count;
    if (left == 0) {
      return -1;
    }
    int read = source.read(bytes, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw source.ended();
    }
    return read;
  }

  private void checkEnd() throws IOException {
    long expectedCrc = header.crc();
    long compressedSize = header.compressedSize();
    long size = header.size();
    if (header.described()) {
      long first = source.u32();
      expectedCrc = first == ZipSignatures.DESCRIPTOR ? source.u32() : first;
      compressedSize = header.zip64() ? source.u64() : source.u32();
      size = header.zip64() ? source.u64() : source.u32();
    }
    if (size != count || (header.deflated() && compressedSize != inflater.getBytesRead())) {
      throw damaged("the data are not as long as it says");
    }
    if (expectedCrc != crc.getValue()) {
      throw damaged("the checksum does not match");
    }
  }

  private static FormatException damaged(String how) {
    return new FormatException("The zip is damaged: " + how);
  }
}
