package dev.losses.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

/** Against digits that are in every table, and against each other where functions undo or complete one another. */
class FunctionsTest {
  private static final double[] ARGUMENTS = {
    4.9e-324, 1e-300, 1e-20, 0.00999, 0.01, 0.3, 0.99, 1, 1.0000001, 2, 50, 700, 1e5
  };

  @Test
  void knownDigits() {
    assertClose(
        Real.of(new BigDecimal("2.7182818284590452353602874713526624977572470936999595749669676")),
        Functions.exp(Real.ONE));
    assertClose(
        Real.of(new BigDecimal("0.69314718055994530941723212145817656807550013436025525412068001")),
        Functions.log(Real.TWO));
    assertClose(
        Real.of(new BigDecimal("0.76159415595576488811945828260479359041276859725793655159681051")),
        Functions.tanh(Real.ONE));
  }

  @Test
  void theLogarithmUndoesTheExponential() {
    for (double argument : ARGUMENTS) {
      Real x = Real.of(argument);
      assertClose(x, Functions.log1p(Functions.expm1(x)));
      assertClose(x, Functions.log(Functions.exp(x)));
      assertClose(x.negate(), Functions.log(Functions.exp(x.negate())));
    }
  }

  @Test
  void powersMultiply() {
    for (double argument : ARGUMENTS) {
      Real x = Real.of(argument);
      Real root = Functions.pow(x, Real.HALF);
      assertClose(x, root.times(root));
      assertClose(Real.ONE, Functions.pow(x, Real.of(-3)).times(x).times(x).times(x));
    }
  }

  @Test
  void sigmoidAndSoftplusKeepTheirSmallestDigits() {
    for (double argument : ARGUMENTS) {
      Real x = Real.of(argument);
      Real e = Functions.exp(x);
      assertClose(Functions.sigmoid(x.negate()), Functions.sigmoid(x).div(e));
      assertClose(x, Functions.softplus(x).minus(Functions.softplus(x.negate())));
      // Beyond, the sigmoid is so close to 1 that 400 digits do not tell.
      if (argument <= 700) {
        assertClose(
            Functions.softplus(x.negate()), Functions.log(Functions.sigmoid(x)).negate());
      }
    }
  }

  @Test
  void infinitiesAreTheLimits() {
    assertEquals(Real.INFINITY, Functions.exp(Real.INFINITY));
    assertTrue(Functions.exp(Real.INFINITY.negate()).isZero());
    assertEquals(Real.INFINITY.negate(), Functions.log(Real.ZERO));
    assertTrue(Functions.log(Real.ONE.negate()).isNan());
    assertTrue(Real.INFINITY.minus(Real.INFINITY).isNan());
    assertTrue(Real.ONE.div(Real.INFINITY).isZero());
  }

  private static void assertClose(Real expected, Real actual) {
    BigDecimal error = actual.minus(expected).abs().finite();
    BigDecimal relative = error.divide(expected.abs().finite(), new MathContext(5));
    assertTrue(
        relative.compareTo(new BigDecimal("1e-50")) < 0, expected + " and " + actual + " differ");
  }
}
