package dev.losses.server.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes forms, and reads them to their end. */
final class Forms {
  private Forms() {}

  /** A part with all that is in it, a character for each byte. */
  record Field(
      String name, @Nullable String filename, @Nullable String mediaType, String content) {}

  /** A form of files named 0, 1, ... with the given contents. */
  static byte[] write(String boundary, List<byte[]> contents) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < contents.size(); i++) {
      body.writeBytes(bytes(
          "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + i + "\"\r\n\r\n"));
      body.writeBytes(contents.get(i));
      body.writeBytes(bytes("\r\n"));
    }
    body.writeBytes(bytes("--" + boundary + "--\r\n"));
    return body.toByteArray();
  }

  /** A form with one part, whose content is 1. */
  static String part(String headers) {
    return "--b\r\n" + headers + "\r\n\r\n1\r\n--b--\r\n";
  }

  static List<Field> read(String boundary, String body) throws IOException {
    return read(boundary, new ByteArrayInputStream(bytes(body)));
  }

  static List<Field> read(String boundary, InputStream body) throws IOException {
    MultipartReader reader = new MultipartReader(body, new Boundary(boundary));
    List<Field> fields = new ArrayList<>();
    for (Part part = reader.next(); part != null; part = reader.next()) {
      String content = new String(part.content().readAllBytes(), ISO_8859_1);
      fields.add(new Field(part.name(), part.filename(), part.mediaType(), content));
    }
    return fields;
  }

  static byte[] bytes(String characters) {
    return characters.getBytes(ISO_8859_1);
  }
}
