package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.server.codec.Forms.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms as programs write them. */
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
            Forms.part(
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
    byte[] form = Forms.write("b", Collections.nCopies(64, new byte[1]));
    assertEquals(64, Forms.read("b", new ByteArrayInputStream(form)).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "8BIT", "7bit"})
  void takesContentThatIsNotEncoded(String encoding) throws IOException {
    String headers =
        "Content-Disposition: form-data; name=x\r\nContent-Transfer-Encoding: " + encoding;
    assertEquals(List.of(new Field("x", null, null, "1")), Forms.read("b", Forms.part(headers)));
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
    String form = Forms.part("Content-Disposition: form-data; name=x");
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
}
