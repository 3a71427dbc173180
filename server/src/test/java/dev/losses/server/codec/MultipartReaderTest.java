package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.server.codec.Forms.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms as programs write them, and what is no form. */
class MultipartReaderTest {
  private static final String NPY = "\u0093NUMPY\0\r\n";

  @Test
  void readsWhatCurlWrites() throws IOException {
    String boundary = "------------------------c2365f60cfd70a21";
    String body = crlf("""
        --------------------------c2365f60cfd70a21
        Content-Disposition: form-data; name="request"
        Content-Type: application/json

        {"loss":"mse"}
        --------------------------c2365f60cfd70a21
        Content-Disposition: form-data; name="target"; filename="a %22b%22.npy"
        Content-Type: application/octet-stream

        NPY
        --------------------------c2365f60cfd70a21--
        """);
    assertEquals(
        List.of(
            new Field("request", null, "application/json", "{\"loss\":\"mse\"}"),
            new Field("target", "a \"b\".npy", "application/octet-stream", NPY)),
        Forms.read(boundary, body));
  }

  @Test
  void readsWhatPythonsUrllib3Writes() throws IOException {
    String body = crlf("""
        --263c731b0db597db60a81af019fed0d8
        Content-Disposition: form-data; name="loss"

        mse
        --263c731b0db597db60a81af019fed0d8
        Content-Disposition: form-data; name="target"; filename="\u00C3\u00A9.npy"
        Content-Type: application/octet-stream

        NPY
        --263c731b0db597db60a81af019fed0d8--
        """);
    assertEquals(
        List.of(
            new Field("loss", null, null, "mse"),
            new Field("target", "\u00E9.npy", "application/octet-stream", NPY)),
        Forms.read("263c731b0db597db60a81af019fed0d8", body));
  }

  @Test
  void readsWhatPythonsEmailWrites() throws IOException {
    String body = crlf("""
        --===============1234567890123456789==
        Content-Type: application/octet-stream
        MIME-Version: 1.0
        Content-Transfer-Encoding: 7bit
        Content-Disposition: form-data; name="target";
         filename="t.csv"

        1.5,2.5
        --===============1234567890123456789==--
        """);
    assertEquals(
        List.of(new Field("target", "t.csv", "application/octet-stream", "1.5,2.5")),
        Forms.read("===============1234567890123456789==", body));
  }

  /** Chrome's boundary; Firefox's begins with many dashes, as curl's does. */
  @Test
  void readsWhatBrowsersWrite() throws IOException {
    String body = crlf("""
        ------WebKitFormBoundary7MA4YWxkTrZu0gW
        Content-Disposition: form-data; name="a %22quoted%22 name"


        ------WebKitFormBoundary7MA4YWxkTrZu0gW
        Content-Disposition: form-data; name="file"; filename="back\\slash.csv"
        Content-Type: text/csv

        1
        2

        ------WebKitFormBoundary7MA4YWxkTrZu0gW--
        """);
    assertEquals(
        List.of(
            new Field("a \"quoted\" name", null, null, ""),
            new Field("file", "back\\slash.csv", "text/csv", "1\r\n2\r\n")),
        Forms.read("----WebKitFormBoundary7MA4YWxkTrZu0gW", body));
  }

  @Test
  void readsHeadersAsTheRfcsAllowThem() throws IOException {
    assertEquals(
        List.of(new Field("target", "a\"b\\c.npy", "text/csv", "1")),
        Forms.read(
            "b",
            part(
                "content-TYPE:\tText/CSV ; charset=utf-8\r\nX-Other: x\r\n"
                    + "CONTENT-disposition: Form-Data ;NAME = target; filename*=utf-8''x ;; FileName=\"a\\\"b\\\\c.npy\";")));
  }

  @Test
  void readsTheFormWithoutWhatIsAroundIt() throws IOException {
    String form =
        "--b \t\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n--b-- \r\nepilogue\r\n";
    assertEquals(
        List.of(new Field("x", null, null, "1")), Forms.read("b", "preamble\r\n--a\r\n" + form));
    assertEquals(List.of(), Forms.read("b", "--b--"));
  }

  /** The end of the blank line may be the beginning of the delimiter; content never begins with a boundary. */
  @Test
  void readsAPartThatEndsWithItsHeaders() throws IOException {
    String header = "Content-Disposition: form-data; name=x\r\n\r\n";
    assertEquals(
        List.of(new Field("x", null, null, ""), new Field("x", null, null, "")),
        Forms.read("b", "--b\r\n" + header + "--b\r\n" + header + "\r\n--b--\r\n"));
  }

  @Test
  void whatIsNotReadOfAPartIsLost() throws IOException {
    byte[] body = Forms.write("b", List.of(new byte[200_000], Forms.bytes("second")));
    MultipartReader reader = new MultipartReader(new ByteArrayInputStream(body), new Boundary("b"));
    Part first = reader.next();
    assertNotNull(first);
    assertEquals(5, first.content().skip(5));
    assertEquals(0, first.content().read());
    Part second = reader.next();
    assertNotNull(second);
    assertEquals(-1, first.content().read());
    assertEquals(-1, first.content().read(new byte[5]));
    assertEquals("second", new String(second.content().readAllBytes(), StandardCharsets.UTF_8));
    assertNull(reader.next());
    assertNull(reader.next());
  }

  @Test
  void readsAsManyPartsAsAreAllowed() throws IOException {
    byte[] body = Forms.write("b", Collections.nCopies(64, new byte[1]));
    assertEquals(64, Forms.read("b", new ByteArrayInputStream(body)).size());
    byte[] more = Forms.write("b", Collections.nCopies(65, new byte[1]));
    assertRefused(
        "the form has more than the 64 parts allowed",
        () -> Forms.read("b", new ByteArrayInputStream(more)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      X-Other: x                                                 | part 1 has no header Content-Disposition: form-data; name="..."
      Content-Disposition: attachment; name=x                    | part 1 has no header Content-Disposition: form-data; name="..."
      Content-Disposition: form-data                             | part 1 has no name; write it in its header Content-Disposition: form-data; name="..."
      Content-Disposition: form-data; name=""                    | part 1 has no name
      Content-Disposition: form-data; name*=utf-8''x             | part 1 has no name
      Content-Disposition: form-data; name=x; name=y             | 'name' is there twice
      Content-Disposition: form-data; name="x                    | is malformed: expected " at character 19
      Content-Disposition: form-data; name="x\\"                 | is malformed: expected "
      Content-Disposition: form-data; name="x"y                  | is malformed: expected ; at character 20
      Content-Disposition: form-data; name=x y                   | is malformed: expected ; at character 19
      Content-Disposition: form-data; name                       | is malformed: expected = at character 16
      Content-Disposition form-data; name=x                      | part 1 have the line 'Content-Disposition form-data; name=x'
      Content-Disposition : form-data; name=x                    | which is not of the form Name: value
      : form-data; name=x                                        | which is not of the form Name: value
      ` Content-Disposition: form-data; name=x`                  | which is not of the form Name: value
      Content-Disposition: form-data; name=x%LF%X: y             | which is not of the form Name: value
      Content-Disposition: form-data; name="x%NUL%"              | which is not of the form Name: value
      Content-Disposition: form-data; name="%FF%"                | the headers of part 1 are not UTF-8
      Content-Disposition: form-data; name=x%CRLF%content-disposition: form-data; name=y | part 1 has the header 'content-disposition' twice
      Content-Disposition: form-data; name=x%CRLF%Content-Transfer-Encoding: BASE64 | part 1, 'x', has the Content-Transfer-Encoding 'base64'; send the content as it is, without that header
      Content-Disposition: form-data; name=x%CRLF%Content-Type: Multipart/Mixed; boundary=c | part 1, 'x', is 'multipart/mixed'; send what is in it as parts of the form itself
      """)
  void refusesHeaders(String headers, String why) {
    String real = headers
        .replace("%CRLF%", "\r\n")
        .replace("%LF%", "\n")
        .replace("%NUL%", "\0")
        .replace("%FF%", "\u00FF");
    assertRefused(why, () -> Forms.read("b", part(real)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "8BIT", "7bit"})
  void takesContentThatIsNotEncoded(String encoding) throws IOException {
    String headers =
        "Content-Disposition: form-data; name=x\r\nContent-Transfer-Encoding: " + encoding;
    assertEquals(List.of(new Field("x", null, null, "1")), Forms.read("b", part(headers)));
  }

  @Test
  void refusesHeadersWithoutEnd() {
    String longName = "Content-Disposition: form-data; name=" + "x".repeat(9000);
    assertRefused(
        "the headers of part 1 are longer than the 8192 bytes allowed",
        () -> Forms.read("b", part(longName)));
    String endless = "--b\r\n" + "x".repeat(100_000);
    assertRefused(
        "the headers of part 1 are longer than the 8192 bytes allowed",
        () -> Forms.read("b", endless));
    assertRefused(
        "the body is cut off within the headers of part 1; a blank line ends them, and every line ends with CRLF",
        () -> Forms.read("b", "--b\r\nContent-Disposition: form-data; name=x\n\n1\n--b--\n"));
  }

  @Test
  void refusesLinesThatGoOnAfterTheBoundary() {
    assertRefused(
        "a line begins with --b but goes on with 0x6F", () -> Forms.read("b", "--boundary\r\n"));
    assertRefused(
        "a line begins with --b but goes on with 0x0A", () -> Forms.read("b", "--b\n\r\n"));
    assertRefused(
        "a line begins with --b-- but goes on with 0x2D", () -> Forms.read("b", "--b---\r\n"));
  }

  @Test
  void refusesMuchAroundTheForm() {
    String form = part("Content-Disposition: form-data; name=x");
    assertRefused(
        "more than 1024 bytes come before the first part",
        () -> Forms.read("b", "x".repeat(2000) + "\r\n" + form));
    assertRefused(
        "more than 1024 bytes come after the form's last line --b--",
        () -> Forms.read("b", form + "x".repeat(2000)));
    assertRefused(
        "a line --b comes after the form's last line --b--", () -> Forms.read("b", form + form));
  }

  @Test
  void saysWhereTheBodyIsCutOff() {
    assertRefused(
        "the body has no line --b, with which the header Content-Type says that parts begin",
        () -> Forms.read("b", "--a\r\n"));
    String form = part("Content-Disposition: form-data; name=x");
    assertRefused(
        "the body is cut off within part 1, 'x',",
        () -> Forms.read("b", form.substring(0, form.length() - 7)));
    assertRefused(
        "the body is cut off after --b; its last line is --b--",
        () -> Forms.read("b", form.substring(0, form.length() - 3)));
  }

  @Test
  void isNotReadOnAfterARefusal() {
    MultipartReader reader =
        new MultipartReader(new ByteArrayInputStream(Forms.bytes("--boundary")), new Boundary("b"));
    assertThrows(FormatException.class, reader::next);
    assertThrows(IllegalStateException.class, reader::next);
  }

  @Test
  void whatTheBodyThrowsIsPassedOn() {
    assertThrown(new IOException("reset"));
    assertThrown(new IllegalArgumentException("too large"));
  }

  private static void assertThrown(Exception failure) {
    InputStream failing = new InputStream() {
      @Override
      public int read() throws IOException {
        if (failure instanceof RuntimeException runtime) {
          throw runtime;
        }
        throw (IOException) failure;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return read();
      }
    };
    String form = part("Content-Disposition: form-data; name=x");
    for (int length = 0; length < form.length(); length++) {
      InputStream begun = new ByteArrayInputStream(Forms.bytes(form.substring(0, length)));
      assertSame(
          failure,
          assertThrows(
              failure.getClass(), () -> Forms.read("b", new SequenceInputStream(begun, failing))));
    }
  }

  /** With the ends of lines that forms have, and the content that has both of their bytes. */
  private static String crlf(String lines) {
    return lines.replace("\n", "\r\n").replace("NPY", NPY);
  }

  /** A form with one part, whose content is 1. */
  private static String part(String headers) {
    return "--b\r\n" + headers + "\r\n\r\n1\r\n--b--\r\n";
  }

  private static void assertRefused(String why, Executable reading) {
    String message = assertThrows(FormatException.class, reading).getMessage();
    assertTrue(message.contains(why), message);
  }
}
