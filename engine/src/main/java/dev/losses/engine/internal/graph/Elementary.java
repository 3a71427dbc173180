package dev.losses.engine.internal.graph;

import dev.losses.spi.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * The elementary functions as graphs of {@link Primitive}s, so that they give the same bits wherever they are computed.
 * One algorithm serves both number formats; errors are stated in {@code docs/decisions.md}.
 *
 * <p>Arguments are reduced as usual: {@code x = n ln 2 + r} for the exponential (Cody and Waite 1980), {@code x = m 2^k}
 * with {@code ln m = 2 artanh((m - 1) / (m + 1))} for the logarithm.
 */
final class Elementary {
  private final Graph g;
  private final NumberFormat format;

  Elementary(Graph graph, DType dtype) {
    this.g = graph;
    this.format = NumberFormat.of(dtype);
  }

  Node exp(Node x) {
    Node limited = limit(x, g.constant(format.expMin()), g.constant(format.expMax()));
    Node n = roundedQuotientByLn2(limited);
    return scale(expOfRemainder(remainder(limited, n)), n);
  }

  /** {@code e^(x + low)} for a tiny {@code low}. */
  private Node exp(Node x, Node low) {
    Node limited = limit(x, g.constant(format.expMin()), g.constant(format.expMax()));
    Node n = roundedQuotientByLn2(limited);
    return scale(expOfRemainder(g.add(remainder(limited, n), low)), n);
  }

  /** {@code e^x} where x is not positive, so that only its lower end needs care. */
  private Node expOfNonPositive(Node x) {
    Node lower = g.constant(format.expMin());
    Node limited = g.select(g.less(x, lower), lower, x);
    Node n = roundedQuotientByLn2(limited);
    // Scaled in two exact steps but for the last, which rounds a subnormal result once.
    int lift = format.significandBits() > 23 ? 512 : 64;
    Node lifted = node(Primitive.POWER_OF_TWO, g.add(n, g.constant(lift)));
    Node p = g.multiply(expOfRemainder(remainder(limited, n)), lifted);
    return g.multiply(p, Math.scalb(1.0, -lift));
  }

  /** {@code x - n ln 2}. */
  private Node remainder(Node x, Node n) {
    Node r = g.fma(n, g.constant(-format.ln2High()), x);
    return g.fma(n, g.constant(-format.ln2Low()), r);
  }

  private Node expOfRemainder(Node r) {
    return g.add(g.fma(g.multiply(r, r), polynomial(r, format.exp()), r), g.constant(1));
  }

  Node expm1(Node x) {
    Pair sum = expm1Unscaled(x);
    return scale(g.add(sum.high, sum.low), sum.exponent);
  }

  /** {@code e^x - 1} as {@code (high + low) 2^exponent}; low may be of the size of high. */
  private Pair expm1Unscaled(Node x) {
    Node limited = limit(x, g.constant(format.expm1Min()), g.constant(format.expMax()));
    Node n = roundedQuotientByLn2(limited);
    Node head = g.fma(n, g.constant(-format.ln2High()), limited);
    Node tail = g.multiply(n, format.ln2Low());
    Node r = g.subtract(head, tail);
    Node lost = g.subtract(g.subtract(head, r), tail);
    Node rest = g.fma(g.multiply(r, r), polynomial(r, format.exp()), lost);
    // e^x - 1 = 2^n ((1 - 2^-n) + (e^r - 1)); the first bracket is 0 or larger than r, so the sum's
    // error is exact.
    Node tooSmallToCount = g.less(g.constant(format.significandBits() + 8), n);
    Node power =
        node(Primitive.POWER_OF_TWO, g.select(tooSmallToCount, g.constant(0), g.negate(n)));
    Node one = g.subtract(g.constant(1), g.select(tooSmallToCount, g.constant(0), power));
    Node sum = g.add(one, r);
    Node error = g.subtract(r, g.subtract(sum, one));
    return new Pair(sum, g.add(error, rest), n);
  }

  Node log(Node x) {
    Node infinity = g.constant(Double.POSITIVE_INFINITY);
    Node value = g.select(g.less(x, infinity), logOf(Reduced.of(this, x), g.constant(0)), x);
    Node notPositive =
        g.select(g.equal(x, 0), g.constant(Double.NEGATIVE_INFINITY), g.constant(Double.NaN));
    return g.select(g.less(g.constant(0), x), value, notPositive);
  }

  Node log1p(Node x) {
    Node one = g.constant(1);
    Node u = g.add(one, x);
    // What the sum above lost, to first order.
    Node lost = g.select(
        g.less(x, one), g.subtract(x, g.subtract(u, one)), g.subtract(one, g.subtract(u, x)));
    Node value = logOf(Reduced.ofNormal(this, u), g.divide(lost, u));
    value = g.select(g.less(x, g.constant(Double.POSITIVE_INFINITY)), value, x);
    Node outside =
        g.select(g.equal(x, -1), g.constant(Double.NEGATIVE_INFINITY), g.constant(Double.NaN));
    return g.select(g.less(g.constant(-1), x), value, outside);
  }

  /** {@code ln(m 2^k) + low}. */
  private Node logOf(Reduced x, Node low) {
    Node f = x.f;
    Node s = g.divide(f, g.add(g.constant(2), f));
    Node z = g.multiply(s, s);
    Node series = g.multiply(z, polynomial(z, format.log()));
    Node half = g.multiply(g.multiply(f, f), 0.5);
    // ln(1 + f) = f - (f^2/2 - s (f^2/2 + series)): the largest term is exact and added last.
    Node correction =
        g.add(g.multiply(s, g.add(half, series)), g.add(g.multiply(x.k, format.ln2Low()), low));
    return g.subtract(
        g.multiply(x.k, format.ln2High()), g.subtract(g.subtract(half, correction), f));
  }

  Node tanh(Node x) {
    Node a = g.abs(x);
    Node limit = g.constant(format.tanhMax());
    Node limited = g.select(g.less(limit, a), limit, a);
    Pair sum = expm1Unscaled(g.add(limited, limited));
    Node power = node(Primitive.POWER_OF_TWO, sum.exponent);
    Node unscaled = g.add(sum.high, sum.low);
    Node high = g.multiply(unscaled, power);
    Node low = g.multiply(g.subtract(sum.low, g.subtract(unscaled, sum.high)), power);
    // tanh a = E / (E + 2) with E = e^(2a) - 1 in two words, and one step of correction for the
    // quotient.
    Node two = g.constant(2);
    Node divisor = g.add(high, two);
    Node two_ = g.subtract(divisor, high);
    Node lost =
        g.add(g.add(g.subtract(high, g.subtract(divisor, two_)), g.subtract(two, two_)), low);
    Node quotient = g.divide(high, divisor);
    Node remainder = g.add(
        g.fma(g.negate(quotient), divisor, high), g.subtract(low, g.multiply(quotient, lost)));
    Node t = g.add(quotient, g.divide(remainder, divisor));
    return g.select(g.less(x, 0), g.negate(t), t);
  }

  Node sigmoid(Node x) {
    Node e = expOfNonPositive(g.negate(g.abs(x)));
    Node divisor = g.add(g.constant(1), e);
    return g.divide(g.select(g.less(x, 0), e, g.constant(1)), divisor);
  }

  Node softplus(Node x) {
    Node rest = log1pOfFraction(expOfNonPositive(g.negate(g.abs(x))));
    boolean neverPositive = x.is(Primitive.NEGATE) && x.operand(0).is(Primitive.ABS);
    return neverPositive ? rest : g.add(g.select(g.less(g.constant(0), x), x, g.constant(0)), rest);
  }

  /** {@code ln(1 + x)} for x in [0, 1]: {@code 2 artanh(x / (2 + x))}, with no exponent to take apart. */
  private Node log1pOfFraction(Node x) {
    Node two = g.constant(2);
    Node divisor = g.add(two, x);
    Node divisorLow = g.subtract(x, g.subtract(divisor, two));
    Node s = g.divide(x, divisor);
    Node minusS = g.negate(s);
    Node remainder = g.fma(minusS, divisorLow, g.fma(minusS, divisor, x));
    // What the quotient lacks is remainder / divisor, and 2 / divisor is 1 - s.
    Node low = g.multiply(remainder, g.subtract(g.constant(1), s));
    Node z = g.multiply(s, s);
    low = g.fma(g.multiply(s, z), polynomial(z, format.log1p()), low);
    return g.add(g.add(s, s), low);
  }

  /** {@code e^(y ln x)} with the logarithm in two words, then the special cases of {@link Math#pow}. */
  Node power(Node x, Node y) {
    Node zero = g.constant(0);
    Node infinity = g.constant(Double.POSITIVE_INFINITY);
    Node a = g.abs(x);
    Pair log = logInTwoWords(Reduced.of(this, a));
    Node high = g.select(g.less(a, infinity), log.high, a);
    high = g.select(g.equal(a, zero), g.constant(Double.NEGATIVE_INFINITY), high);
    Node product = g.multiply(y, high);
    Node low = g.add(g.fma(y, high, g.negate(product)), g.multiply(y, log.low));
    low = g.select(g.less(g.abs(product), 1000), low, zero);
    Node value = exp(product, low);

    Node whole = whole(y);
    Node odd = node(Primitive.AND, whole, node(Primitive.NOT, whole(g.multiply(y, 0.5))));
    Node negative = g.select(odd, g.negate(value), value);
    Node undefined = node(Primitive.AND, node(Primitive.NOT, whole), g.less(a, infinity));
    negative = g.select(undefined, g.constant(Double.NaN), negative);
    value = g.select(g.less(x, zero), negative, value);
    return g.select(g.equal(y, zero), g.constant(1), value);
  }

  private Pair logInTwoWords(Reduced x) {
    Node f = x.f;
    Node divisor = g.add(g.constant(2), f);
    Node divisorLow = g.subtract(f, g.subtract(divisor, g.constant(2)));
    Node s = g.divide(f, divisor);
    Node remainder = g.subtract(g.fma(g.negate(s), divisor, f), g.multiply(s, divisorLow));
    Node sLow = g.divide(remainder, divisor);
    Node z = g.multiply(s, s);
    Node zLow = g.fma(g.add(s, s), sLow, g.fma(s, s, g.negate(z)));
    // 2 artanh(s) = 2 s + s w, w = 2/3 z + 2/5 z^2 + ...
    Node c = g.constant(format.twoThirds());
    Node w = g.multiply(c, z);
    Node wLow =
        g.add(g.fma(c, z, g.negate(w)), g.fma(c, zLow, g.multiply(z, format.twoThirdsLow())));
    wLow = g.add(wLow, g.multiply(g.multiply(z, z), polynomial(z, format.power())));
    Node sw = g.multiply(s, w);
    Node swLow = g.add(g.fma(s, w, g.negate(sw)), g.fma(s, wLow, g.multiply(sLow, w)));

    Node exponent = g.multiply(x.k, format.ln2High());
    Node twoS = g.add(s, s);
    Node first = g.add(exponent, twoS);
    Node firstLow = g.subtract(twoS, g.subtract(first, exponent));
    Node second = g.add(first, sw);
    Node secondLow = g.subtract(sw, g.subtract(second, first));
    Node low = g.add(
        g.add(secondLow, firstLow),
        g.add(g.add(sLow, sLow), g.fma(x.k, g.constant(format.ln2Low()), swLow)));
    Node high = g.add(second, low);
    return new Pair(high, g.subtract(low, g.subtract(high, second)), x.k);
  }

  /** The nearest whole number, ties to even; for numbers below {@code 2^(significandBits - 1)}. */
  Node round(Node x) {
    Node magic = g.constant(format.roundingMagic());
    return g.subtract(g.add(x, magic), magic);
  }

  private Node whole(Node y) {
    Node large = g.constant(Math.scalb(1.0, format.significandBits() - 1));
    Node size = g.abs(y);
    // Between this bound and the next power of two there are halves; round() is exact for those
    // too.
    Node beyond = g.less(g.add(large, large), size);
    return node(Primitive.OR, beyond, g.equal(round(y), y));
  }

  private Node roundedQuotientByLn2(Node x) {
    Node magic = g.constant(format.roundingMagic());
    return g.subtract(g.fma(x, g.constant(format.log2E()), magic), magic);
  }

  /** {@code x 2^n} in two steps, so that a subnormal or infinite result comes out right. */
  private Node scale(Node x, Node n) {
    Node half = round(g.multiply(n, 0.5));
    Node first = g.multiply(x, node(Primitive.POWER_OF_TWO, half));
    return g.multiply(first, node(Primitive.POWER_OF_TWO, g.subtract(n, half)));
  }

  /** x within bounds; NaN stays NaN. */
  Node limit(Node x, Node lower, Node upper) {
    return g.select(g.less(x, lower), lower, g.select(g.less(upper, x), upper, x));
  }

  /**
   * The value of a polynomial, highest power first. Neighbouring terms are combined, then neighbouring pairs, and so on
   * (Estrin 1960): more of it can be computed at a time than by Horner's rule.
   */
  private Node polynomial(Node x, double[] coefficients) {
    List<Node> terms = new ArrayList<>();
    for (int i = coefficients.length - 1; i >= 0; i--) {
      terms.add(g.constant(coefficients[i]));
    }
    Node power = x;
    while (terms.size() > 1) {
      List<Node> pairs = new ArrayList<>();
      for (int i = 0; i < terms.size(); i += 2) {
        boolean alone = i + 1 == terms.size();
        pairs.add(alone ? terms.get(i) : g.fma(terms.get(i + 1), power, terms.get(i)));
      }
      terms = pairs;
      power = terms.size() > 1 ? g.multiply(power, power) : power;
    }
    return terms.get(0);
  }

  private Node node(Primitive primitive, Node... operands) {
    return g.node(primitive, operands);
  }

  private record Pair(Node high, Node low, Node exponent) {}

  /** A positive number as {@code (1 + f) 2^k}. */
  private record Reduced(Node f, Node k) {
    static Reduced of(Elementary e, Node x) {
      Graph g = e.g;
      int bits = e.format.significandBits() + 2;
      Node subnormal = g.less(x, e.format.minNormal());
      Node normal = g.select(subnormal, g.multiply(x, Math.scalb(1.0, bits)), x);
      Reduced scaled = ofNormal(e, normal);
      Node shift = g.select(subnormal, g.constant(bits), g.constant(0));
      return new Reduced(scaled.f, g.subtract(scaled.k, shift));
    }

    static Reduced ofNormal(Elementary e, Node x) {
      Node mantissa = e.node(Primitive.MANTISSA, x);
      return new Reduced(e.g.subtract(mantissa, e.g.constant(1)), e.node(Primitive.EXPONENT, x));
    }
  }
}
