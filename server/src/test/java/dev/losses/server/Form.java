package dev.losses.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.losses.server.codec.NpyWriter;
import dev.losses.spi.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A form as a client sends it. */
final class Form {
  static final String CONTENT_TYPE =
      "multipart/form-data; boundary=------------------------d74496d66958873e";

  private static final String DELIMITER = "--------------------------d74496d66958873e";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Form text(String name, String text) {
    return part("name=\"" + name + "\"", "", text.getBytes(UTF_8));
  }

  Form file(String name, String filename, byte[] content) {
    return part(
        "name=\"" + name + "\"; filename=\"" + filename + "\"",
        "Content-Type: application/octet-stream\r\n",
        content);
  }

  Form npy(String name, Tensor tensor) {
    return file(name, name + ".npy", npy(tensor));
  }

  static byte[] npy(Tensor tensor) {
    ByteArrayOutputStream npy = new ByteArrayOutputStream();
    try {
      NpyWriter.write(tensor, npy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return npy.toByteArray();
  }

  private Form part(String disposition, String header, byte[] content) {
    out.writeBytes((DELIMITER + "\r\nContent-Disposition: form-data; " + disposition + "\r\n"
            + header + "\r\n")
        .getBytes(UTF_8));
    out.writeBytes(content);
    out.writeBytes("\r\n".getBytes(UTF_8));
    return this;
  }

  byte[] toBytes() {
    out.writeBytes((DELIMITER + "--\r\n").getBytes(UTF_8));
    return out.toByteArray();
  }
}
