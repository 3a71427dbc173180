package dev.losses.server.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The headers of a part, by their names in lower case. */
final class PartHeaders {
  private static final int MAX_BYTES = 8 * 1024;
  private static final BytePattern BLANK_LINE = new BytePattern("\r\n\r\n".getBytes(US_ASCII));
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

  private final String part;
  private final Map<String, String> values = new HashMap<>();

  private PartHeaders(String part) {
    this.part = part;
  }

  /**
   * Reads from the end of the delimiter's line to the beginning of the blank line's end.
   *
   * @param part which part it is, for messages
   * @throws FormatException when they are not headers
   */
  static PartHeaders read(Window window, String part) throws IOException {
    PartHeaders headers = new PartHeaders(part);
    String block = headers.decode(headers.block(window));
    // A line that begins with space continues the one before.
    for (String line : block.replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n", -1)) {
      headers.add(line);
    }
    return headers;
  }

  /** A header with its parameters; empty where it is missing. */
  HeaderValue get(String name) {
    return HeaderValue.parse(
        name + " of " + part, values.getOrDefault(name.toLowerCase(Locale.ROOT), ""));
  }

  private byte[] block(Window window) throws IOException {
    int from = 0;
    int end = window.find(BLANK_LINE, from);
    while (end < 0 && window.available() <= MAX_BYTES) {
      from = Math.max(0, window.available() - (BLANK_LINE.length() - 1));
      if (!window.more()) {
        throw new FormatException("the body is cut off within the headers of " + part
            + "; a blank line ends them, and every line ends with CRLF");
      }
      end = window.find(BLANK_LINE, from);
    }
    if (end < 0 || end > MAX_BYTES) {
      throw new FormatException("the headers of " + part + " are longer than the " + MAX_BYTES
          + " bytes allowed; a blank line ends them, and every line ends with CRLF");
    }
    byte[] block = new byte[end];
    window.copy(block, 0, end);
    window.skip(end + 2);
    return block;
  }

  private String decode(byte[] block) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(block)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException("the headers of " + part + " are not UTF-8");
    }
  }

  private void add(String line) {
    if (line.isEmpty()) {
      return;
    }
    int colon = line.indexOf(':');
    if (colon < 0
        || !NAME.matcher(line).region(0, colon).matches()
        || CONTROL.matcher(line).find()) {
      throw new FormatException(
          "the headers of " + part + " have the line " + Excerpt.of(line)
              + ", which is not of the form Name: value; a blank line ends them, and every line ends with CRLF");
    }
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    if (values.put(name, line.substring(colon + 1).strip()) != null) {
      throw new FormatException(part + " has the header " + Excerpt.of(name) + " twice");
    }
  }
}
