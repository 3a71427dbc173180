package dev.losses.server.codec;

/** The first four bytes of a zip's records, as PKWARE's APPNOTE lists them. */
final class ZipSignatures {
  static final long ENTRY = 0x04034b50;
  static final long DESCRIPTOR = 0x08074b50;
  static final long DIRECTORY = 0x02014b50;
  static final long ZIP64_END = 0x06064b50;
  static final long ZIP64_LOCATOR = 0x07064b50;
  static final long END = 0x06054b50;

  private ZipSignatures() {}
}
