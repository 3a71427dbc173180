package dev.losses.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {

  @ParameterizedTest
  @CsvSource({
    "0.1225, 6, 0.1225",
    "0.12249999999999998, 6, 0.1225",
    "-1234.5678, 4, -1235",
    "123456, 4, 123500",
    "1e-7, 4, 1e-7",
    "-0.0, 4, 0",
    "2.5e20, 4, 2.5e20",
    "0, 1, 0",
    "NaN, 4, NaN",
  })
  void aNumberIsRounded(double value, int digits, String text) {
    assertEquals(text, Digits.rounded(value, digits));
  }

  @Test
  void theShortestTextIsTakenWhateverTheJdk() {
    assertEquals("1.13", Digits.shortest(1.13));
    assertEquals("2", Digits.shortest(2.0));
    assertEquals("2e23", Digits.shortest(Double.parseDouble("2e23")));
  }

  @Property
  void theShortestTextReadsAsTheNumber(@ForAll double value) {
    assertEquals(value == 0 ? 0.0 : value, Double.parseDouble(Digits.shortest(value)));
  }
}
