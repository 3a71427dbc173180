package dev.losses.numerics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A dual number: a value and its derivatives by the elements of an input, carried through arithmetic together. Where a
 * choice hangs on a tie of numbers with different derivatives, a kink or a jump, the derivative is NaN: there is none.
 *
 * @param slopes by the position of the element; what is missing is 0
 */
record Dual(Real value, Map<Integer, Real> slopes) {
  static final Dual ZERO = of(Real.ZERO);
  static final Dual ONE = of(Real.ONE);

  static Dual of(Real constant) {
    return new Dual(constant, Map.of());
  }

  static Dual of(double constant) {
    return of(Real.of(constant));
  }

  /** An element of the input. */
  static Dual element(Real value, int position) {
    return new Dual(value, Map.of(position, Real.ONE));
  }

  Real slope(int position) {
    return slopes.getOrDefault(position, Real.ZERO);
  }

  Dual plus(Dual other) {
    return chain(value.plus(other.value), this, Real.ONE, other, Real.ONE);
  }

  Dual minus(Dual other) {
    return chain(value.minus(other.value), this, Real.ONE, other, Real.ONE.negate());
  }

  Dual negate() {
    return chain(value.negate(), Real.ONE.negate());
  }

  Dual times(Dual other) {
    return chain(value.times(other.value), this, other.value, other, value);
  }

  Dual times(double factor) {
    return times(of(factor));
  }

  Dual div(Dual other) {
    Real quotient = value.div(other.value);
    if (other.slopes.isEmpty()) {
      return chain(quotient, Real.ONE.div(other.value));
    }
    Real byOther = quotient.div(other.value).negate();
    return chain(quotient, this, Real.ONE.div(other.value), other, byOther);
  }

  Dual exp() {
    Real power = Functions.exp(value);
    return chain(power, power);
  }

  Dual log() {
    return chain(Functions.log(value), Real.ONE.div(value));
  }

  Dual softplus() {
    return chain(Functions.softplus(value), Functions.sigmoid(value));
  }

  Dual pow(double exponent) {
    Real power = Real.of(exponent);
    Real slope = power.times(Functions.pow(value, power.minus(Real.ONE)));
    return chain(Functions.pow(value, power), slope);
  }

  Dual atLeast(double bound) {
    return largest(List.of(this, of(bound)));
  }

  static Dual sum(List<Dual> terms) {
    return terms.stream().reduce(ZERO, Dual::plus);
  }

  static Dual product(List<Dual> left, List<Dual> right) {
    Dual sum = ZERO;
    for (int i = 0; i < left.size(); i++) {
      sum = sum.plus(left.get(i).times(right.get(i)));
    }
    return sum;
  }

  /** The Euclidean norm; that of zeros has no derivative. */
  static Dual norm(List<Dual> row) {
    Dual squares = product(row, row);
    Real norm = squares.value.sqrt();
    if (!norm.isZero()) {
      return squares.chain(norm, Real.HALF.div(norm));
    }
    Dual tied = ZERO;
    for (Dual zero : row) {
      tied = tied.amongTies(List.of(zero));
    }
    return tied;
  }

  /** {@code ln(sum(e ^ x))}. */
  static Dual logSumExp(List<Dual> terms) {
    return sum(powersOverLargest(terms)).log().plus(of(largestValue(terms)));
  }

  /** {@code e ^ (x - m)}, where m is the largest, which neither overflows nor is differentiated. */
  static List<Dual> powersOverLargest(List<Dual> terms) {
    Dual max = of(largestValue(terms));
    return terms.stream().map(term -> term.minus(max).exp()).toList();
  }

  static Dual largest(List<Dual> candidates) {
    Real max = largestValue(candidates);
    return candidates.stream()
        .filter(candidate -> candidate.value.isSame(max))
        .findFirst()
        .orElseThrow()
        .amongTies(candidates);
  }

  static Dual smallest(List<Dual> candidates) {
    return largest(candidates.stream().map(Dual::negate).toList()).negate();
  }

  /** The same, without a derivative where one of the others has the same value and another derivative. */
  Dual amongTies(List<Dual> others) {
    Map<Integer, Real> shared = new HashMap<>(slopes);
    for (Dual other : others) {
      if (other.value.isSame(value)) {
        Dual difference = minus(other);
        difference.slopes.forEach((position, slope) -> {
          if (!slope.isZero()) {
            shared.put(position, Real.NAN);
          }
        });
      }
    }
    return new Dual(value, shared);
  }

  private static Real largestValue(List<Dual> candidates) {
    return candidates.stream()
        .map(Dual::value)
        .reduce((a, b) -> a.isLess(b) ? b : a)
        .orElseThrow();
  }

  private Dual chain(Real result, Real slope) {
    Map<Integer, Real> all = new HashMap<>();
    slopes.forEach((position, inner) -> {
      if (!inner.isZero()) {
        all.put(position, inner.times(slope));
      }
    });
    return new Dual(result, all);
  }

  private static Dual chain(Real result, Dual one, Real byOne, Dual other, Real byOther) {
    Map<Integer, Real> all = new HashMap<>(one.chain(result, byOne).slopes);
    other
        .chain(result, byOther)
        .slopes
        .forEach((position, slope) -> all.merge(position, slope, Real::plus));
    return new Dual(result, all);
  }
}
