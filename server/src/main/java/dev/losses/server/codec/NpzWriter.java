package dev.losses.server.codec;

import dev.losses.spi.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Writes tensors as a .npz file: a zip (PKWARE's APPNOTE) of .npy files, stored, with checksums and sizes before the data,
 * so that the simplest of readers can read it. The same tensors give the same bytes.
 *
 * <p>Stateless, and so safe to use from several threads; each call has its own stream.
 */
public final class NpzWriter {
  private static final long MOST_BYTES = 0xfffffffeL;
  private static final int MOST_ENTRIES = 0xfffe;
  private static final int ENTRY_BYTES = 30;
  private static final int DIRECTORY_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int VERSION = 20;
  private static final int UTF8_NAMES = 1 << 11;
  private static final int STORED = 0;
  private static final int MIDNIGHT = 0;

  /** The first day that a zip can name, 1 January 1980, as numpy writes. */
  private static final int DATE = 1 << 5 | 1;

  /** A file in the zip, of which all but the checksum is known beforehand. */
  private record Entry(String name, Tensor tensor, long offset, long size) {
    byte[] nameBytes() {
      return name.getBytes(StandardCharsets.UTF_8);
    }
  }

  private NpzWriter() {}

  /**
   * How many bytes {@link #write} will write.
   *
   * @throws IllegalArgumentException when they are 4 GB or more, which would need another format
   */
  public static long length(Map<String, Tensor> tensors) {
    return end(entries(tensors));
  }

  /**
   * Writes tensors under their names, in the map's order. The stream is neither flushed nor closed.
   *
   * @throws IllegalArgumentException when the file would have 4 GB or more; nothing is written then
   * @throws IOException when the stream cannot be written to
   */
  public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
    List<Entry> entries = entries(tensors);
    ZipRecord directory = new ZipRecord();
    for (Entry entry : entries) {
      ZipRecord shared = shared(entry);
      new ZipRecord()
          .u32(ZipSignatures.ENTRY)
          .append(shared)
          .bytes(entry.nameBytes())
          .writeTo(out);
      NpyWriter.write(entry.tensor(), out);
      directory
          .u32(ZipSignatures.DIRECTORY)
          .u16(VERSION)
          .append(shared)
          // Neither a comment, nor another disk, nor attributes.
          .bytes(new byte[10])
          .u32(entry.offset())
          .bytes(entry.nameBytes());
    }
    directory.writeTo(out);
    new ZipRecord()
        .u32(ZipSignatures.END)
        .u32(0)
        .u16(entries.size())
        .u16(entries.size())
        .u32(directory.length())
        .u32(end(entries) - END_BYTES - directory.length())
        .u16(0)
        .writeTo(out);
  }

  /** What an entry's header and its line in the directory have in common. */
  private static ZipRecord shared(Entry entry) throws IOException {
    CRC32 crc = new CRC32();
    NpyWriter.write(entry.tensor(), new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
    return new ZipRecord()
        .u16(VERSION)
        .u16(UTF8_NAMES)
        .u16(STORED)
        .u16(MIDNIGHT)
        .u16(DATE)
        .u32(crc.getValue())
        .u32(entry.size())
        .u32(entry.size())
        .u16(entry.nameBytes().length)
        .u16(0);
  }

  private static List<Entry> entries(Map<String, Tensor> tensors) {
    List<Entry> entries = new ArrayList<>();
    long offset = 0;
    for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
      Entry entry = new Entry(
          named.getKey() + ".npy", named.getValue(), offset, NpyWriter.length(named.getValue()));
      entries.add(entry);
      offset += ENTRY_BYTES + entry.nameBytes().length + entry.size();
    }
    if (end(entries) > MOST_BYTES || entries.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "The arrays take " + end(entries) + " bytes in " + entries.size()
              + " files; without extensions, a zip has less than 4 GB and 65535 files");
    }
    return entries;
  }

  /** Where the file ends. */
  private static long end(List<Entry> entries) {
    return END_BYTES
        + entries.stream()
            .mapToLong(entry ->
                ENTRY_BYTES + DIRECTORY_BYTES + 2L * entry.nameBytes().length + entry.size())
            .sum();
  }
}
