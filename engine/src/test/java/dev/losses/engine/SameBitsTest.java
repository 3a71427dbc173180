package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.engine.internal.kernel.Workers;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer does not depend on how hot the code is, nor on how many threads compute it. */
@Tag("every-jdk")
class SameBitsTest {
  private static final int CALLS = 20_000;

  static Stream<NamedInputsLoss> losses() {
    return Stream.of(
        Evaluations.SQUARED_ERROR,
        (FormulaLoss) (t, p) -> p.minus(t).softplus(),
        (FormulaLoss) (t, p) -> p.minus(t).tanh().plus(t.exp().log1p()),
        (FormulaLoss) (t, p) -> p.squared().plus(0.1).pow(1.7).log().times(t.expm1()),
        (FormulaLoss)
            (t, p) -> Expr.where(p.lessThan(t), p.sigmoid(), t.maximum(p).abs().sqrt()),
        Evaluations.sparseCrossEntropy());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theFirstCallAndTheTwentyThousandthGiveTheInterpretersBits(NamedInputsLoss loss) {
    for (boolean float32 : new boolean[] {true, false}) {
      LossInputs inputs = inputs(loss, float32, 2, 37);
      List<Object> expected = outcome(Kernels.interpreted(loss), inputs);
      Evaluator compiled = Kernels.compiled(loss);
      for (int call = 1; call <= CALLS; call++) {
        assertEquals(expected, outcome(compiled, inputs), "call " + call);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void oneTwoAndThreeThreadsGiveTheSameBits(NamedInputsLoss loss) {
    threadsGiveTheSameBits(loss, 30_011, 13);
  }

  @ParameterizedTest
  @CsvSource({"9001, 33", "301, 1000", "40, 8193", "5, 65537"})
  void threadsGiveTheSameBitsForLongRows(int rows, int columns) {
    threadsGiveTheSameBits(Evaluations.sparseCrossEntropy(), rows, columns);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 400})
  void memoryOfOneWidthServesAnother(int rows) {
    NamedInputsLoss loss = Evaluations.sparseCrossEntropy();
    Evaluator compiled = Kernels.compiled(loss);
    for (int columns : new int[] {33, 8191, 40, 65_536, 1025, 2, 32, 7, 65_537, 66_000, 34}) {
      LossInputs inputs = inputs(loss, true, columns > 2000 ? 3 : rows, columns);
      assertEquals(
          outcome(Kernels.interpreted(loss), inputs),
          outcome(compiled, inputs),
          columns + " columns");
    }
  }

  private static void threadsGiveTheSameBits(NamedInputsLoss loss, int rows, int columns) {
    LossInputs inputs = inputs(loss, true, rows, columns);
    List<Object> expected = outcome(Kernels.interpreted(loss), inputs);
    for (int threads = 1; threads <= 3; threads++) {
      Evaluator evaluator = Kernels.compiled(loss, new Workers(threads));
      for (int repeat = 0; repeat < 3; repeat++) {
        assertEquals(expected, outcome(evaluator, inputs), threads + " threads");
      }
    }
  }

  private static List<Object> outcome(Evaluator evaluator, LossInputs inputs) {
    LossResult result = evaluator.evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE);
    Tensor gradient = result.gradient("y_pred");
    return List.of(
        result.value(),
        switch (gradient.dtype()) {
          case FLOAT32 -> Arrays.hashCode(gradient.floats());
          case FLOAT64 -> Arrays.hashCode(gradient.doubles());
        });
  }

  private static LossInputs inputs(NamedInputsLoss loss, boolean float32, int rows, int columns) {
    Random random = new Random(rows);
    boolean labels = loss.inputs().get(0).domain().isLabel();
    double[] yTrue = labels
        ? random.ints(rows, 0, columns).asDoubleStream().toArray()
        : random.doubles((long) rows * columns, -3, 3).toArray();
    double[] yPred = random.doubles((long) rows * columns, -3, 3).toArray();
    int[] shape = {rows, columns};
    int[] shapeOfTrue = labels ? new int[] {rows} : shape;
    return float32
        ? LossInputs.of(Tensor.of(narrowed(yTrue), shapeOfTrue), Tensor.of(narrowed(yPred), shape))
        : LossInputs.of(Tensor.of(yTrue, shapeOfTrue), Tensor.of(yPred, shape));
  }

  private static float[] narrowed(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
