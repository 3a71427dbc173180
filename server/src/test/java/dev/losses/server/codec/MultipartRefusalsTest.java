package dev.losses.server.codec;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no form. */
class MultipartRefusalsTest {
  @Test
  void refusesMoreThan64Parts() {
    byte[] form = Forms.write("b", Collections.nCopies(65, new byte[1]));
    assertRefused(
        "the form has more than the 64 parts allowed",
        () -> Forms.read("b", new ByteArrayInputStream(form)));
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
    assertRefused(why, () -> Forms.read("b", Forms.part(real)));
  }

  @Test
  void refusesHeadersWithoutEnd() {
    String longName = "Content-Disposition: form-data; name=" + "x".repeat(9000);
    assertRefused(
        "the headers of part 1 are longer than the 8192 bytes allowed",
        () -> Forms.read("b", Forms.part(longName)));
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
    String form = Forms.part("Content-Disposition: form-data; name=x");
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
    String form = Forms.part("Content-Disposition: form-data; name=x");
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

  private static void assertRefused(String why, Executable reading) {
    String message = assertThrows(FormatException.class, reading).getMessage();
    assertTrue(message.contains(why), message);
  }
}
