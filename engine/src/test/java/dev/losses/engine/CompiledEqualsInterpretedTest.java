package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.engine.internal.kernel.RowLength;
import dev.losses.spi.DType;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** The compiled kernel of any formula gives the bits of the interpreter, whatever the values and the shape. */
@Tag("every-jdk")
class CompiledEqualsInterpretedTest {
  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL / 2,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    700,
    -700,
    1e-7
  };

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 3 * 32),
        Arbitraries.of(1023, 1024, 1025, 2049, 16_383, 16_385));
  }

  @Provide
  Arbitrary<Integer> columns() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 40), Arbitraries.of(63, 64, 65, 1023, 1024, 1025));
  }

  @Provide
  Arbitrary<Integer> longRows() {
    int kept = RowLength.LONGEST_KEPT;
    return Arbitraries.of(2049, 4095, 8191, 8192, 8193, kept - 1, kept, kept + 1);
  }

  @Property(seed = "1", tries = 400)
  void pointwise(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int depth,
      @ForAll("lengths") int length,
      @ForAll DType dtype,
      @ForAll Reduction reduction,
      @ForAll boolean gradients,
      @ForAll boolean weighted) {
    check(
        seed,
        RandomFormulas.loss(seed, depth, false),
        dtype,
        reduction,
        gradients,
        weighted,
        length);
  }

  @Property(seed = "1", tries = 400)
  void alongRows(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int depth,
      @ForAll @IntRange(min = 1, max = 300) int rows,
      @ForAll("columns") int columns,
      @ForAll DType dtype,
      @ForAll Reduction reduction,
      @ForAll boolean gradients,
      @ForAll boolean weighted) {
    boolean looksAlong = seed % 4 != 0;
    NamedInputsLoss loss = RandomFormulas.loss(seed, depth, looksAlong);
    check(seed, loss, dtype, reduction, gradients, weighted, rows, columns);
  }

  @Property(seed = "1", tries = 60)
  void alongRowsOfMoreThanABlock(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int depth,
      @ForAll @IntRange(min = 1, max = 10) int rows,
      @ForAll("longRows") int columns,
      @ForAll DType dtype,
      @ForAll Reduction reduction,
      @ForAll boolean gradients,
      @ForAll boolean weighted) {
    NamedInputsLoss loss = RandomFormulas.loss(seed, depth, true);
    int affordable = columns > 10_000 ? Math.min(rows, 2) : rows;
    check(seed, loss, dtype, reduction, gradients, weighted, affordable, columns);
  }

  private static void check(
      long seed,
      NamedInputsLoss loss,
      DType dtype,
      Reduction reduction,
      boolean gradients,
      boolean weighted,
      int... shape) {
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("y_true", values(random, dtype, shape));
    tensors.put("y_pred", values(random, dtype, shape));
    if (loss.inputs().size() == 3) {
      Tensor labels = Tensor.zeros(dtype, shape[0]);
      for (int i = 0; i < shape[0]; i++) {
        labels.set(i, random.nextInt(shape[1]));
      }
      tensors.put("label", labels);
    }
    LossInputs inputs = LossInputs.named(tensors);
    if (weighted) {
      Tensor weights = Tensor.zeros(dtype, shape[0]);
      boolean[] mask = new boolean[shape[0]];
      for (int i = 0; i < shape[0]; i++) {
        weights.set(i, random.nextInt(4) == 0 ? 0 : random.nextDouble());
        mask[i] = random.nextInt(4) != 0;
      }
      inputs = inputs.withSampleWeight(weights).withMask(mask);
    }
    Gradients wanted = gradients ? Gradients.COMPUTE : Gradients.NONE;
    LossResult expected = Kernels.interpreted(loss).evaluate(inputs, reduction, wanted);
    Evaluator compiled = Kernels.compiled(loss);
    assertSameBits(expected, compiled.evaluate(inputs, reduction, wanted));
    // Once more, in the memory that the first evaluation left.
    assertSameBits(expected, compiled.evaluate(inputs, reduction, wanted));
  }

  private static void assertSameBits(LossResult expected, LossResult actual) {
    if (expected.reduction() == Reduction.NONE) {
      assertSameBits("losses", expected.losses(), actual.losses());
    } else {
      assertEquals(expected.value(), actual.value());
    }
    expected
        .gradients()
        .forEach((name, gradient) -> assertSameBits(name, gradient, actual.gradient(name)));
  }

  private static void assertSameBits(String what, Tensor expected, Tensor actual) {
    if (expected.dtype() == DType.FLOAT32) {
      assertArrayEquals(expected.floats(), actual.floats(), what);
    } else {
      assertArrayEquals(expected.doubles(), actual.doubles(), what);
    }
  }

  private static Tensor values(Random random, DType dtype, int... shape) {
    Tensor tensor = Tensor.zeros(dtype, shape);
    boolean tame = random.nextBoolean();
    for (int i = 0; i < tensor.size(); i++) {
      boolean special = !tame && random.nextInt(6) == 0;
      tensor.set(i, special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian() * 3);
    }
    return tensor;
  }
}
