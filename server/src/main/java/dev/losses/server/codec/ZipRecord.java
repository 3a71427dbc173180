package dev.losses.server.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Puts together a record of a zip, whose numbers are little-endian. */
final class ZipRecord {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ZipRecord u16(int number) {
    bytes.write(number);
    bytes.write(number >>> 8);
    return this;
  }

  ZipRecord u32(long number) {
    return u16((int) number).u16((int) (number >>> 16));
  }

  ZipRecord bytes(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  ZipRecord append(ZipRecord more) {
    bytes.writeBytes(more.bytes.toByteArray());
    return this;
  }

  int length() {
    return bytes.size();
  }

  void writeTo(OutputStream out) throws IOException {
    bytes.writeTo(out);
  }
}
