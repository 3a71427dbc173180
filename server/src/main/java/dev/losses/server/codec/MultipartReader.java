package dev.losses.server.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a form in parts, {@code multipart/form-data} as RFC 7578 has it, one part after another as they come. Of the
 * body it holds one buffer, however large the parts are.
 */
public final class MultipartReader {
  private static final int MAX_PARTS = 64;
  /** Of what comes before the first part, which nobody reads. */
  private static final int MAX_PREAMBLE = 1024;

  private static final Set<String> UNENCODED = Set.of("", "binary", "8bit", "7bit");

  private final Window window;
  private final DelimiterLine delimiter;
  private PartStream current;
  private int parts;
  private boolean refused;
  private boolean ended;

  /**
   * At the beginning of a body.
   *
   * @param body which this does not close
   */
  public MultipartReader(InputStream body, Boundary boundary) {
    // The first line has no end of a line before it.
    this.window = new Window("\r\n".getBytes(US_ASCII), body);
    this.delimiter = new DelimiterLine(boundary);
    this.current = new PartStream(
        window,
        delimiter.pattern(),
        "the body has no line --" + boundary.value()
            + ", with which the header Content-Type says that parts begin; use the boundary that the body is written"
            + " with, and end every line with CRLF");
  }

  /**
   * Goes on to the next part; what is left of the one before is lost. Only null tells that the form has come whole, so
   * ask until then.
   *
   * @return null after the last part
   * @throws FormatException when the body is not such a form; no more can be read from it then
   * @throws IOException when the body does
   */
  public @Nullable Part next() throws IOException {
    if (refused) {
      throw new IllegalStateException("The body was refused before");
    }
    if (ended) {
      return null;
    }
    refused = true;
    Part next = read();
    refused = false;
    ended = next == null;
    return next;
  }

  private @Nullable Part read() throws IOException {
    if (parts == 0 && current.skip(MAX_PREAMBLE + 1) > MAX_PREAMBLE) {
      throw new FormatException(
          "more than " + MAX_PREAMBLE
              + " bytes come before the first part; begin the body with the boundary that the header Content-Type names");
    }
    current.skip(Long.MAX_VALUE);
    if (!delimiter.partFollows(window)) {
      return null;
    }
    if (parts++ == MAX_PARTS) {
      throw new FormatException("the form has more than the " + MAX_PARTS + " parts allowed");
    }
    return readPart("part " + parts);
  }

  private Part readPart(String number) throws IOException {
    PartHeaders headers = PartHeaders.read(window, number);
    HeaderValue disposition = headers.get("Content-Disposition");
    if (!disposition.value().equals("form-data")) {
      throw new FormatException(
          number + " has no header Content-Disposition: form-data; name=\"...\"");
    }
    String name = disposition.parameters().getOrDefault("name", "");
    if (name.isEmpty()) {
      throw new FormatException(number
          + " has no name; write it in its header Content-Disposition: form-data; name=\"...\"");
    }
    String part = number + ", " + Excerpt.of(name) + ",";
    String encoding = headers.get("Content-Transfer-Encoding").value();
    if (!UNENCODED.contains(encoding)) {
      throw new FormatException(part + " has the Content-Transfer-Encoding " + Excerpt.of(encoding)
          + "; send the content as it is, without that header");
    }
    String mediaType = headers.get("Content-Type").value();
    if (mediaType.startsWith("multipart/")) {
      throw new FormatException(part + " is " + Excerpt.of(mediaType)
          + "; send what is in it as parts of the form itself");
    }
    current = contentOf(part);
    return new Part(
        name,
        disposition.parameters().get("filename"),
        mediaType.isEmpty() ? null : mediaType,
        current);
  }

  private PartStream contentOf(String part) throws IOException {
    // The delimiter of an empty part may begin with the end of the blank line.
    if (!window.startsWith(delimiter.pattern())) {
      window.skip(2);
    }
    return new PartStream(
        window,
        delimiter.pattern(),
        "the body is cut off within " + part
            + " or the line that should end it is not the boundary");
  }
}
