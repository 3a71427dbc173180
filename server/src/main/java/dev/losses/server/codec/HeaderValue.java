package dev.losses.server.codec;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A header's value and the parameters after it, such as {@code form-data; name="target"}.
 *
 * @param value in lower case
 * @param parameters by their names in lower case
 */
record HeaderValue(String value, Map<String, String> parameters) {

  /**
   * Parses the text of a header.
   *
   * @throws FormatException when it is not of that form
   */
  static HeaderValue parse(String header, String text) {
    return new Parser(header, text).parse();
  }

  private static final class Parser {
    private final String header;
    private final String text;
    private int at;

    Parser(String header, String text) {
      this.header = header;
      this.text = text;
    }

    HeaderValue parse() {
      String value = word("; ").toLowerCase(Locale.ROOT);
      Map<String, String> parameters = new HashMap<>();
      skipSpace();
      while (at < text.length()) {
        expect(';');
        skipSpace();
        // Nothing need follow a semicolon.
        if (at < text.length() && text.charAt(at) != ';') {
          String name = word("=; ").toLowerCase(Locale.ROOT);
          skipSpace();
          expect('=');
          skipSpace();
          if (parameters.put(name, parameterValue()) != null) {
            throw malformed(Excerpt.of(name) + " is there twice");
          }
          skipSpace();
        }
      }
      return new HeaderValue(value, Map.copyOf(parameters));
    }

    private String parameterValue() {
      return at < text.length() && text.charAt(at) == '"' ? quoted() : word("; ");
    }

    /**
     * Browsers and newer versions of curl write a quote as %22, and a backslash as it is; older ones and Python put a
     * backslash before either.
     */
    private String quoted() {
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        boolean escapes = text.startsWith("\\\"", at) || text.startsWith("\\\\", at);
        at += escapes ? 1 : 0;
        value.append(text.charAt(at));
      }
      expect('"');
      return value.toString().replace("%22", "\"");
    }

    private String word(String ends) {
      int start = at;
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0 && text.charAt(at) != '\t') {
        at++;
      }
      return text.substring(start, at);
    }

    private void skipSpace() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }

    private void expect(char expected) {
      if (at == text.length() || text.charAt(at) != expected) {
        throw malformed("expected " + expected + " at character " + (at + 1));
      }
      at++;
    }

    private FormatException malformed(String why) {
      return new FormatException("the header " + header + ": " + Excerpt.of(text)
          + " is malformed: " + why + "; write it as in value; name=\"value\"");
    }
  }
}
