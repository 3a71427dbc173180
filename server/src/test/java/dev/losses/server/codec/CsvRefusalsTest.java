package dev.losses.server.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no CSV of numbers, and what to do about it. */
class CsvRefusalsTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      ``                 | the CSV has no numbers
      %n                 | the CSV has no numbers
      a,b                | the CSV has no numbers
      1%nabc             | line 2, column 1: expected a number, found 'abc'
      1,2%n3,4%n5,6x     | line 3, column 2: expected a number, found '6x'
      1,name%n2,3        | line 1, column 2: expected a number, found 'name'
      name,1%n2,3        | line 1, column 1: expected a number, found 'name'
      a,b%nc,d%n1,2      | line 2, column 1: expected a number, found 'c'
      1_000%n2           | line 1, column 1: expected a number, found '1_000'
      1.2.3%n2           | line 1, column 1: expected a number, found '1.2.3'
      \u22121e5%n2       | line 1, column 1: expected a number, found '\u22121e5'
      -%n2               | line 1, column 1: expected a number, found '-'
      1%n0x10            | line 2, column 1: expected a number, found '0x10'
      1,,3               | line 1, column 2: expected a number, found nothing; write NaN for a missing value
      1,2%n3,            | line 2, column 2: expected a number, found nothing; write NaN for a missing value
      1%n""%n3           | line 2, column 1: expected a number, found nothing; write NaN for a missing value
      a%nNULL            | line 2, column 1: expected a number, found 'NULL'; write NaN for a missing value
      NA%n2              | line 1, column 1: expected a number, found 'NA'; write NaN for a missing value
      1%nTrue            | line 2, column 1: expected a number, found 'True'; write 1 for true and 0 for false
      true%n1            | line 1, column 1: expected a number, found 'true'; write 1 for true and 0 for false
      ,a%n0,1            | column 1: expected a number, found nothing; write NaN for a missing value; if this is the index of a pandas frame, leave it out with index=False
      1%n%n2             | line 2, column 1: the line is blank; write NaN for a missing value, and no blank line but the last
      %n1                | line 1, column 1: the line is blank
      1%n%n%n            | line 2, column 1: the line is blank
      1,2%n3,4%n5        | line 3 has 1 field where line 1 has 2 fields
      a%n1,2,3           | line 2 has 3 fields where line 1 has 1 field
      1%n1e400           | line 2, column 1: '1e400' is beyond the range of float64; write inf if that is meant
      -1e309             | line 1, column 1: '-1e309' is beyond the range of float64
      1 2%n3 4           | line 1, column 1: expected a number, found '1 2'; separate numbers with commas (in numpy.savetxt with delimiter=",")
      a b%n3 4           | line 2, column 1: expected a number, found '3 4'; separate numbers with commas
      1;2%n3;4           | line 1, column 1: expected a number, found '1;2'; separate numbers with commas
      1%t2%n3%t4         | found '1\ufffd2'; separate numbers with commas
      1%r2%r             | and end lines with LF or CRLF
      "1,5"              | line 1, column 1: expected a number, found '1,5'; write the decimal point as a point
      1%n"2              | line 2, column 1: the field has no closing quote on its line
      1%n"2%n"           | line 2, column 1: the field has no closing quote on its line
      "1"2               | line 1, column 1: the field goes on after its closing quote; separate fields with commas
      1%n2%0             | line 2, column 1: expected a number, found '2\ufffd'; write the file in UTF-8, as plain text
      """)
  void tellsWhatIsWrong(String csv, String why) {
    String real =
        csv.replace("%n", "\n").replace("%t", "\t").replace("%r", "\r").replace("%0", "\0");
    assertRefused(why, real.getBytes(UTF_8));
  }

  @Test
  void otherEncodings() {
    assertRefused("line 1, column 1: the text is not UTF-8", "größe\n1\n".getBytes(ISO_8859_1));
    assertRefused("line 1, column 1: the text is not UTF-8", "\uFEFFx\n1\n".getBytes(UTF_16LE));
    assertRefused("write the file in UTF-8, as plain text", "x\n1\n".getBytes(UTF_16LE));
  }

  @Test
  void longFields() {
    String why = "line 2, column 2: the field is longer than the 1000 bytes allowed";
    assertRefused(why, ("1,2\n3," + "0".repeat(1001)).getBytes(UTF_8));
    assertRefused(why, ("1,2\n3," + "0".repeat(100_000)).getBytes(UTF_8));
    assertRefused(why, ("1,2\n3," + " ".repeat(2000)).getBytes(UTF_8));
    assertRefused(why, ("1,2\n3,\"" + "0".repeat(2000)).getBytes(UTF_8));
    assertRefused(why, ("1,2\n3,\"" + "\"\"".repeat(2000)).getBytes(UTF_8));
    assertRefused(why, ("1,2\n3,\"0\"" + " ".repeat(2000)).getBytes(UTF_8));
  }

  private static void assertRefused(String why, byte[] csv) {
    String message = assertThrows(
            FormatException.class, () -> CsvReader.read(new ByteArrayInputStream(csv), bytes -> {}))
        .getMessage();
    assertTrue(message.contains(why), message);
  }
}
