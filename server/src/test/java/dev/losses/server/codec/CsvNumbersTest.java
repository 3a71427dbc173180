package dev.losses.server.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Literals are read as the JDK reads them, bit for bit. */
class CsvNumbersTest {

  @Property(seed = "1", tries = 5000)
  void doublesOfAnyBitsInAnyFormat(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      assertSame(Double.toString(value));
      assertSame(new BigDecimal(value).toString());
      assertSame(new BigDecimal(value).round(new MathContext(15)).toString());
      assertSame(String.format(Locale.ROOT, "%.18e", value));
      assertSame(Float.toString((float) value));
    }
  }

  @Property(seed = "2", tries = 5000)
  void doublesOfCommonSizesInAnyFormat(
      @ForAll @IntRange(min = 0, max = 20) int decimals, @ForAll double value) {
    assertSame(Double.toString(value));
    assertSame(String.format(Locale.ROOT, "%." + decimals + "f", value));
    assertSame(String.format(Locale.ROOT, "%+." + decimals + "E", value));
    assertSame(new BigDecimal(value).toPlainString());
  }

  /** On either side of what one multiplication or division can do. */
  @Property(seed = "3", tries = 20_000)
  void digitsWithAnyExponent(
      @ForAll @LongRange(min = 0) long digits,
      @ForAll @IntRange(min = 0, max = 18) int fewer,
      @ForAll @IntRange(min = -30, max = 30) int exponent) {
    String integer = Long.toString(digits / (long) Math.pow(10, fewer));
    assertSame(integer);
    assertSame(integer + "e" + exponent);
    assertSame("-." + integer + "E" + exponent);
    assertSame(integer.charAt(0) + "." + integer.substring(1) + "e+" + Math.abs(exponent));
    assertSame("000" + integer + "000.000e" + exponent);
  }

  @Property(seed = "4", tries = 20_000)
  void whatTheJdkDoesNotReadIsNone(@ForAll("almostLiterals") String text) {
    if (parses(text) && !text.toLowerCase(Locale.ROOT).matches("[+-]?(nan|inf|infinity)")) {
      assertSame(text);
    }
  }

  @Provide
  Arbitrary<String> almostLiterals() {
    return Arbitraries.strings().withChars("+-.0159eE").ofMaxLength(8);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, -0.0",
    "+7, 7",
    "1., 1",
    ".5, 0.5",
    "1e5, 1e5",
    "9007199254740993, 9007199254740992",
    "1e-400, 0",
    "1e400, Infinity",
    "-1e99999999999, -Infinity",
    "0e99999999999, 0",
    "1e-99999999999, 0",
    "nan, NaN",
    "NaN, NaN",
    "-nan, NaN",
    "inf, Infinity",
    "-inf, -Infinity",
    "Infinity, Infinity",
    "+INF, Infinity"
  })
  void literals(String text, double value) {
    assertEquals(value, parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "+", "-", ".", "-.", "e", "e5", ".e5", "1e", "1e+", "1e-", "1e5.", "1e5e", "1.2.3",
        "--1", "+-1", "1 ", " 1", "1d", "1f", "0x10", "0x1p3", "1_000", "1,5", "na", "infin",
        "nano", "+-inf", "1e 5", "\u0661"
      })
  void noLiterals(String text) {
    assertFalse(parses(text));
  }

  private static void assertSame(String text) {
    assertEquals(
        Double.doubleToRawLongBits(Double.parseDouble(text)),
        Double.doubleToRawLongBits(parse(text)),
        text);
  }

  private static boolean parses(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return new DecimalParser().parse(bytes, 0, bytes.length);
  }

  /** From among other bytes. */
  private static double parse(String text) {
    DecimalParser decimals = new DecimalParser();
    assertTrue(decimals.parse(("1" + text + "1").getBytes(US_ASCII), 1, text.length() + 1), text);
    return decimals.value();
  }
}
