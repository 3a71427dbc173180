package dev.losses.server.codec;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What keeps the parts of a form apart: a string that none of them has in it. */
public record Boundary(String value) {
  private static final int MAX_LENGTH = 70;
  private static final Pattern ALLOWED =
      Pattern.compile("[0-9A-Za-z'()+_,\\-./:=? ]*[0-9A-Za-z'()+_,\\-./:=?]");
  private static final String FIX =
      "; leave the header to the HTTP client, which chooses the boundary when it writes the body";

  /**
   * A boundary as RFC 2046 allows it.
   *
   * @throws FormatException when it is not
   */
  public Boundary {
    if (value.length() > MAX_LENGTH) {
      throw new FormatException("the boundary in the header Content-Type has " + value.length()
          + " characters, more than the " + MAX_LENGTH + " allowed");
    }
    if (!ALLOWED.matcher(value).matches()) {
      throw new FormatException(
          "the boundary " + Excerpt.of(value) + " in the header Content-Type is "
              + (value.isEmpty()
                  ? "empty"
                  : "not made of letters, digits and '()+_,-./:=? alone, or ends with a space")
              + FIX);
    }
  }

  /**
   * The boundary that the header Content-Type of a request names.
   *
   * @param contentType the header's value; null where there is none
   * @throws FormatException when it is not that of a form in parts
   */
  public static Boundary ofContentType(@Nullable String contentType) {
    if (contentType == null) {
      throw new FormatException("the header Content-Type is missing; expected multipart/form-data");
    }
    HeaderValue header = HeaderValue.parse("Content-Type", contentType);
    if (!header.value().equals("multipart/form-data")) {
      throw new FormatException("the header Content-Type says " + Excerpt.of(header.value())
          + "; expected multipart/form-data");
    }
    String boundary = header.parameters().get("boundary");
    if (boundary == null) {
      throw new FormatException("the header Content-Type names no boundary" + FIX);
    }
    return new Boundary(boundary);
  }
}
