package dev.losses.server.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/** The lines of a form that begin with its boundary, and tell by how they go on whether a part follows. */
final class DelimiterLine {
  /** Of what comes after the last part, which nobody reads. */
  private static final int MAX_EPILOGUE = 1024;

  private final String line;
  private final BytePattern pattern;

  DelimiterLine(Boundary boundary) {
    this.line = "--" + boundary.value();
    // The end of the line before belongs to the delimiter, not to what it delimits.
    this.pattern = new BytePattern(("\r\n" + line).getBytes(ISO_8859_1));
  }

  BytePattern pattern() {
    return pattern;
  }

  /**
   * Reads a delimiter, at which the window is, up to the end of its line; if the form ends there, all that is left.
   *
   * @return false if the form ends
   */
  boolean partFollows(Window window) throws IOException {
    window.skip(pattern.length());
    boolean closing = window.hold(2) && window.get(0) == '-' && window.get(1) == '-';
    window.skip(closing ? 2 : 0);
    while (window.hold(1) && (window.get(0) == ' ' || window.get(0) == '\t')) {
      window.skip(1);
    }
    if (closing) {
      readEpilogue(window);
    } else {
      expectLineEnd(window);
    }
    return !closing;
  }

  private void expectLineEnd(Window window) throws IOException {
    if (!window.hold(2)) {
      throw new FormatException(
          "the body is cut off after " + line + "; its last line is " + line + "--");
    }
    if (window.get(0) != '\r' || window.get(1) != '\n') {
      throw goesOn(line, window.get(0));
    }
  }

  private void readEpilogue(Window window) throws IOException {
    if (window.hold(1) && window.get(0) != '\r' && window.get(0) != '\n') {
      throw goesOn(line + "--", window.get(0));
    }
    if (window.hold(MAX_EPILOGUE + 1)) {
      throw new FormatException(
          "more than " + MAX_EPILOGUE + " bytes come after the form's last line " + line + "--");
    }
    if (window.find(pattern, 0) >= 0) {
      throw new FormatException(
          "a line " + line + " comes after the form's last line " + line + "--");
    }
  }

  private static FormatException goesOn(String line, byte found) {
    return new FormatException("a line begins with " + line + " but goes on with "
        + String.format("0x%02X", found)
        + "; the line ends there, with CRLF, and in the content of a part nothing like it may be: choose another"
        + " boundary if it is");
  }
}
