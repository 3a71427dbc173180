package dev.losses.server.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes zips with the JDK. */
final class Zips {
  private Zips() {}

  static byte[] zip(boolean deflated, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        put(out, file.getKey(), file.getValue(), deflated);
      }
    }
    return bytes.toByteArray();
  }

  static void put(ZipOutputStream out, String name, byte[] file, boolean deflated)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    if (!deflated) {
      CRC32 crc = new CRC32();
      crc.update(file);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(file.length);
      entry.setCrc(crc.getValue());
    }
    out.putNextEntry(entry);
    out.write(file);
    out.closeEntry();
  }
}
