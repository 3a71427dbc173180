package dev.losses.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DualTest {
  private static final Dual X = Dual.element(Real.of(3), 0);
  private static final Dual Y = Dual.element(Real.of(4), 1);

  @Test
  void slopesFollowTheChainRule() {
    Dual quotient = X.times(X).div(Y);
    assertEquals(1.5, quotient.slope(0).toDouble());
    assertEquals(-0.5625, quotient.slope(1).toDouble());
    Dual norm = Dual.norm(List.of(X, Y));
    assertEquals(5, norm.value().toDouble());
    assertEquals(0.6, norm.slope(0).toDouble());
    assertEquals(12, X.pow(2).times(2).slope(0).toDouble());
    assertEquals(1.0 / 3, X.log().slope(0).toDouble());
    assertEquals(0, X.slope(1).toDouble());
  }

  @Test
  void aTieOfDifferentSlopesHasNone() {
    Dual other = Dual.element(Real.of(3), 1);
    Dual largest = Dual.largest(List.of(X, other));
    assertEquals(3, largest.value().toDouble());
    assertTrue(largest.slope(0).isNan());
    assertTrue(largest.slope(1).isNan());
    assertTrue(X.atLeast(3).slope(0).isNan());
    assertTrue(Dual.norm(List.of(X.minus(other))).slope(0).isNan());
  }

  @Test
  void aTieOfEqualSlopesHasThem() {
    assertEquals(1, Dual.largest(List.of(X, X.plus(Dual.ZERO))).slope(0).toDouble());
    assertEquals(1, Dual.smallest(List.of(X, Y)).slope(0).toDouble());
    assertEquals(0, Dual.norm(List.of(X.minus(X))).slope(0).toDouble());
  }
}
