package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sum of many numbers is as exact as its last rounding. */
class SumTest {

  @Property(seed = "1")
  void isTheExactSumRounded(
      @ForAll @Size(max = 200) @DoubleRange(min = -1e9, max = 1e9) double[] numbers) {
    BigDecimal exact = BigDecimal.ZERO;
    double magnitudes = 0;
    for (double number : numbers) {
      exact = exact.add(new BigDecimal(number));
      magnitudes += Math.abs(number);
    }
    double expected = exact.doubleValue();
    assertEquals(expected, sum(numbers), Math.ulp(expected) + 1e-28 * magnitudes);
  }

  @Test
  void whatLargeNumbersHideComesBack() {
    assertEquals(2, sum(1, 1e100, 1, -1e100));
  }

  @Test
  void manySmallNumbersLoseNothing() {
    double[] numbers = new double[1_000_000];
    Arrays.fill(numbers, 0.1);
    double exact =
        new BigDecimal(numbers[0]).multiply(new BigDecimal(numbers.length)).doubleValue();
    assertEquals(exact, sum(numbers));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
  void whatIsNotFiniteIsAddedByTheRulesOfIeee754(double number) {
    assertEquals(number, sum(1, number, 2));
    assertEquals(Double.NaN, sum(number, -number));
  }

  private static double sum(double... numbers) {
    Sum sum = new Sum();
    for (double number : numbers) {
      sum.add(number);
    }
    return sum.value();
  }
}
