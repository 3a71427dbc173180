package dev.losses.server.codec;

import java.io.IOException;

/**
 * The central directory and the end records of PKWARE's APPNOTE, 4.3.12 to 4.3.16. It repeats what the entries' headers
 * say, so that it is read only to see that nothing is missing.
 */
final class ZipDirectory {
  private static final int IN_ZIP64_END = 0xffff;

  /** Fixed by the format; what may follow it is reserved. */
  private static final int ZIP64_END_BYTES = 44;

  private ZipDirectory() {}

  /**
   * Reads the stream to its end.
   *
   * @param signature what was read after the last entry
   * @param entries how many came
   * @throws FormatException when they are not as many, something is missing, or more follows
   */
  static void read(ZipSource source, long signature, int entries) throws IOException {
    source.begin("its directory");
    long next = signature;
    int listed = 0;
    while (next == ZipSignatures.DIRECTORY && listed < entries) {
      source.skip(24);
      int variable = source.u16() + source.u16() + source.u16();
      source.skip(12 + variable);
      listed++;
      next = source.u32();
    }
    if (next == ZipSignatures.ZIP64_END) {
      if (source.u64() != ZIP64_END_BYTES) {
        throw damaged();
      }
      source.skip(ZIP64_END_BYTES);
      next = source.u32();
      if (next == ZipSignatures.ZIP64_LOCATOR) {
        source.skip(16);
        next = source.u32();
      }
    }
    if (next != ZipSignatures.END || listed != entries) {
      throw damaged();
    }
    source.skip(4);
    for (int i = 0; i < 2; i++) {
      int counted = source.u16();
      if (counted != entries && counted != IN_ZIP64_END) {
        throw damaged();
      }
    }
    source.skip(8);
    source.skip(source.u16());
    if (!source.atEnd()) {
      throw new FormatException("More bytes follow the zip");
    }
  }

  private static FormatException damaged() {
    return new FormatException("The zip's directory is damaged, or not that of its entries");
  }
}
