package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The boundary that a Content-Type names. */
class MultipartBoundaryTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW  | ----WebKitFormBoundary7MA4YWxkTrZu0gW
      Multipart/Form-Data;BOUNDARY="===============1234567890123456789=="  | ===============1234567890123456789==
      multipart/form-data; charset=utf-8; boundary=a                       | a
      multipart/form-data; boundary="'()+_,-./:=? x"                       | '()+_,-./:=? x
      """)
  void isFound(String contentType, String boundary) {
    assertEquals(boundary, Boundary.ofContentType(contentType).value());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "NONE", textBlock = """
      NONE                                             | the header Content-Type is missing; expected multipart/form-data
      application/json                                 | the header Content-Type says 'application/json'; expected multipart/form-data
      multipart/mixed; boundary=b                      | the header Content-Type says 'multipart/mixed'; expected multipart/form-data
      multipart/form-data                              | the header Content-Type names no boundary; leave the header to the HTTP client, which chooses the boundary when it writes the body
      multipart/form-data; boundary=                   | the boundary '' in the header Content-Type is empty
      multipart/form-data; boundary=b; boundary=c      | 'boundary' is there twice
      multipart/form-data; boundary="b                 | is malformed: expected "
      multipart/form-data; boundary="b "               | ends with a space
      multipart/form-data; boundary=b{}                | the boundary 'b{}' in the header Content-Type is not made of letters, digits
      """)
  void isRefused(@Nullable String contentType, String why) {
    assertRefused(why, contentType);
  }

  @Test
  void hasSeventyCharactersAtMost() {
    String longest = "x".repeat(70);
    assertEquals(
        longest,
        Boundary.ofContentType("multipart/form-data; boundary=" + longest).value());
    assertRefused(
        "has 71 characters, more than the 70 allowed", "multipart/form-data; boundary=x" + longest);
  }

  private static void assertRefused(String why, @Nullable String contentType) {
    String message = assertThrows(FormatException.class, () -> Boundary.ofContentType(contentType))
        .getMessage();
    assertTrue(message.contains(why), message);
  }
}
