package dev.losses.engine.internal.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation whose every bit is specified: IEEE 754 arithmetic, comparison, selection and moves of bits. All else is
 * expanded to these, so that every way of computing a formula gives the same bits.
 *
 * <p>Truth is 1 or 0. The loops work on doubles. Float32 operations are the double operation rounded to float: since a
 * double has more than twice the digits of a float, rounding twice is rounding once for {@code + - * /} and the square
 * root (Figueroa 1995, "When is double rounding innocuous?"). What that does not cover has a float form of its own.
 */
public enum Primitive implements Operation {
  ADD {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).operand(1).binary("add");
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = a[i] + b[i];
      }
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return List.of(adjoint, adjoint);
    }
  },
  SUBTRACT {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).operand(1).binary("sub");
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = a[i] - b[i];
      }
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return List.of(adjoint, g.within(adjoint, g::negate));
    }
  },
  MULTIPLY {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).operand(1).binary("mul");
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = a[i] * b[i];
      }
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return List.of(g.chain(adjoint, node.operand(1)), g.chain(adjoint, node.operand(0)));
    }
  },
  DIVIDE {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).operand(1).binary("div");
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = a[i] / b[i];
      }
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      Node numerator = g.chainDivided(adjoint, node.operand(1));
      return List.of(numerator, g.within(g.chain(numerator, node), g::negate));
    }
  },
  NEGATE {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).unary("neg");
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = -a[i];
      }
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return List.of(g.within(adjoint, g::negate));
    }
  },
  SQRT {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).unary("sqrt");
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = Math.sqrt(a[i]);
      }
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return List.of(g.chainDivided(g.within(adjoint, a -> g.multiply(a, 0.5)), node));
    }
  },
  ABS {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).unary("abs");
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = Math.abs(a[i]);
      }
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      Node x = node.operand(0);
      Node zero = g.constant(0);
      // The sign; 0 at 0 and NaN at NaN are x itself.
      Node notPositive = g.select(g.less(x, zero), g.constant(-1), x);
      Node product = g.chain(adjoint, g.select(g.less(zero, x), g.constant(1), notPositive));
      // An adjoint that varies may be infinite here, as that of the root at 0, and 0 times it NaN.
      boolean finite = adjoint.span() == Span.UNIFORM;
      return List.of(finite ? product : g.select(g.equal(x, zero), zero, product));
    }
  },
  MAXIMUM {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).operand(1).binary("max");
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = Math.max(a[i], b[i]);
      }
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return shared(g, node, adjoint, g.less(node.operand(1), node.operand(0)));
    }
  },
  MINIMUM {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).operand(1).binary("min");
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = Math.min(a[i], b[i]);
      }
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      return shared(g, node, adjoint, g.less(node.operand(0), node.operand(1)));
    }
  },
  /** {@code a * b + c}, rounded once. */
  FMA {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).operand(1).operand(2).fma();
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = Math.fma(a[i], b[i], c[i]);
      }
    }

    @Override
    void computeFloat(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = Math.fma((float) a[i], (float) b[i], (float) c[i]);
      }
    }
  },
  /** {@code 2 ^ a} for a whole number {@code a} in the range of normal exponents. */
  POWER_OF_TWO {
    @Override
    public void emit(VectorCode code) {
      int fraction = fractionBits(code);
      double biased = roundingMagic(code) + (code.float32() ? 127 : 1023);
      code.operand(0)
          .constant(biased)
          .binary("add")
          .toBits()
          .shift("LSHL", fraction)
          .fromBits();
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(a[i] + 0x1.8p52 + 1023) << 52);
      }
    }

    @Override
    void computeFloat(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        float biased = (float) a[i] + 0x1.8p23f + 127;
        out[i] = Float.intBitsToFloat(Float.floatToRawIntBits(biased) << 23);
      }
    }
  },
  /** The exponent e of {@code a = m 2^e} with m in [sqrt(1/2), sqrt(2)); for normal positive numbers. */
  EXPONENT {
    @Override
    public void emit(VectorCode code) {
      // Adding the bits of a number whose last place is 1 converts without a conversion.
      double magic = roundingMagic(code);
      long magicBits = code.float32()
          ? Float.floatToRawIntBits((float) magic)
          : Double.doubleToRawLongBits(magic);
      exponentBits(code).bits("add", magicBits).fromBits().constant(magic).binary("sub");
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = (Double.doubleToRawLongBits(a[i]) - SQRT_HALF_BITS) >> 52;
      }
    }

    @Override
    void computeFloat(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = (Float.floatToRawIntBits((float) a[i]) - SQRT_HALF_FLOAT_BITS) >> 23;
      }
    }
  },
  /** The m that belongs to {@link #EXPONENT}. */
  MANTISSA {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).toBits();
      exponentBits(code).shift("LSHL", fractionBits(code)).subtractBits().fromBits();
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        long bits = Double.doubleToRawLongBits(a[i]);
        out[i] = Double.longBitsToDouble(bits - (((bits - SQRT_HALF_BITS) >> 52) << 52));
      }
    }

    @Override
    void computeFloat(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        int bits = Float.floatToRawIntBits((float) a[i]);
        out[i] = Float.intBitsToFloat(bits - (((bits - SQRT_HALF_FLOAT_BITS) >> 23) << 23));
      }
    }
  },
  LESS {
    @Override
    public void emit(VectorCode code) {
      code.compare(0, "LT", 1);
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = a[i] < b[i] ? 1 : 0;
      }
    }
  },
  AT_MOST {
    @Override
    public void emit(VectorCode code) {
      code.compare(0, "LE", 1);
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = a[i] <= b[i] ? 1 : 0;
      }
    }
  },
  EQUAL {
    @Override
    public void emit(VectorCode code) {
      code.compare(0, "EQ", 1);
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = a[i] == b[i] ? 1 : 0;
      }
    }
  },
  AND {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).operand(1).mask("and", 2);
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = a[i] * b[i];
      }
    }
  },
  OR {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).operand(1).mask("or", 2);
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = Math.max(a[i], b[i]);
      }
    }
  },
  NOT {
    @Override
    public void emit(VectorCode code) {
      code.operand(0).mask("not", 1);
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        out[i] = 1 - a[i];
      }
    }
  },
  /** {@code b} where {@code a} holds, else {@code c}. */
  SELECT {
    @Override
    public void emit(VectorCode code) {
      code.operand(2).operand(1).operand(0).blend();
    }

    @Override
    void compute(double[] out, double[] a, double[] b, double[] c, int length) {
      for (int i = 0; i < length; i++) {
        // A branch on data is mispredicted every other time; bits are not.
        long no = (long) a[i] - 1;
        long then = Double.doubleToRawLongBits(b[i]) & ~no;
        out[i] = Double.longBitsToDouble(then | (Double.doubleToRawLongBits(c[i]) & no));
      }
    }

    @Override
    public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
      Node condition = node.operand(0);
      Node zero = g.constant(0);
      return Arrays.asList(
          null, g.select(condition, adjoint, zero), g.select(condition, zero, adjoint));
    }
  };

  private static final long SQRT_HALF_BITS = Double.doubleToRawLongBits(Math.sqrt(0.5));
  private static final int SQRT_HALF_FLOAT_BITS = Float.floatToRawIntBits((float) Math.sqrt(0.5));

  /** Applies the operation in float64. Operands the operation does not have may be any array. */
  abstract void compute(double[] out, double[] a, double[] b, double[] c, int length);

  /** Applies the operation in float32; every value is a float held in a double. */
  void computeFloat(double[] out, double[] a, double[] b, double[] c, int length) {
    compute(out, a, b, c, length);
    for (int i = 0; i < length; i++) {
      out[i] = (float) out[i];
    }
  }

  /** Writes the operation as vector instructions that give the same bits, and leave the result on the stack. */
  public abstract void emit(VectorCode code);

  /** Whether the result is a truth. */
  public boolean isTruth() {
    return switch (this) {
      case LESS, AT_MOST, EQUAL, AND, OR, NOT -> true;
      default -> false;
    };
  }

  private static VectorCode exponentBits(VectorCode code) {
    return code.operand(0)
        .toBits()
        .bits("sub", code.float32() ? SQRT_HALF_FLOAT_BITS : SQRT_HALF_BITS)
        .shift("ASHR", fractionBits(code));
  }

  private static int fractionBits(VectorCode code) {
    return code.float32() ? 23 : 52;
  }

  private static double roundingMagic(VectorCode code) {
    return code.float32() ? 0x1.8p23 : 0x1.8p52;
  }

  /** Applies the operation to the first {@code length} values. */
  public final void apply(
      boolean float32, double[] out, double[] a, double[] b, double[] c, int length) {
    if (float32) {
      computeFloat(out, a, b, c, length);
    } else {
      compute(out, a, b, c, length);
    }
  }

  /** Nothing flows by default: truth and moves of bits have no derivative. */
  @Override
  public List<@Nullable Node> differentiate(Graph g, Node node, Node adjoint) {
    return node.operands().stream().<@Nullable Node>map(operand -> null).toList();
  }

  /** The winner of a maximum or minimum takes the adjoint; two expressions share a tie, a constant takes it all. */
  private static List<@Nullable Node> shared(Graph g, Node node, Node adjoint, Node firstWins) {
    Node a = node.operand(0);
    Node b = node.operand(1);
    Node zero = g.constant(0);
    Node tie = a.dependsOnInput() && b.dependsOnInput()
        ? g.select(g.equal(a, b), g.multiply(adjoint, 0.5), zero)
        : zero;
    // Neither wins and it is no tie: one of them is NaN, and so is the node.
    Node undecided = g.select(g.equal(node, node), tie, g.chain(adjoint, node));
    Node secondWins = node.is(MAXIMUM) ? g.less(a, b) : g.less(b, a);
    return List.of(
        g.select(firstWins, adjoint, undecided), g.select(secondWins, adjoint, undecided));
  }
}
