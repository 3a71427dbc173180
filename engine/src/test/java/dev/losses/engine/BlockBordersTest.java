package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.spi.DType;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Sizes around lanes and blocks give what plain loops give, and always the same bits. */
class BlockBordersTest {
  private static final FormulaLoss SQUARED_ERROR = Evaluations.SQUARED_ERROR;

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 100),
        Arbitraries.of(1023, 1024, 1025, 2047, 2048, 2049, 65_535, 65_536, 65_537, 70_001));
  }

  @Provide
  Arbitrary<Integer> columns() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 40),
        Arbitraries.of(511, 1023, 1024, 1025, 2050, 8193, 65_537));
  }

  @Property(seed = "1", tries = 60)
  void pointwiseSumsEqualAPlainLoop(@ForAll("lengths") int length, @ForAll long seed) {
    double[] yTrue = normal(seed, length);
    double[] yPred = normal(seed + 1, length);
    double expected = 0;
    for (int i = 0; i < length; i++) {
      expected += (yPred[i] - yTrue[i]) * (yPred[i] - yTrue[i]);
    }
    LossResult result = Evaluator.of(SQUARED_ERROR)
        .evaluate(LossInputs.of(yTrue, yPred), Reduction.SUM, Gradients.COMPUTE);
    assertEquals(expected, result.value(), 1e-12 * expected);
    double[] gradient = result.gradient("y_pred").doubles();
    for (int i = 0; i < length; i++) {
      assertEquals(2 * (yPred[i] - yTrue[i]), gradient[i], 1e-15 * Math.abs(gradient[i]));
    }
  }

  @Property(seed = "1", tries = 60)
  void crossEntropyOfAnyWidthEqualsAPlainLoop(
      @ForAll("columns") int columns, @ForAll boolean weighted, @ForAll long seed) {
    int rows = 3 + (int) (seed & 7);
    double[] logits = normal(seed, rows * columns);
    double[] labels = new double[rows];
    double[] weights = new double[rows];
    Random random = new Random(seed);
    double expected = 0;
    double[] gradient = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      labels[i] = random.nextInt(columns);
      weights[i] = weighted ? random.nextDouble() : 1;
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        sum += Math.exp(logits[i * columns + j]);
      }
      for (int j = 0; j < columns; j++) {
        double softmax = Math.exp(logits[i * columns + j]) / sum;
        gradient[i * columns + j] = (softmax - (j == labels[i] ? 1 : 0)) * weights[i] / rows;
      }
      expected += weights[i] * (Math.log(sum) - logits[i * columns + (int) labels[i]]) / rows;
    }
    LossInputs inputs = LossInputs.of(Tensor.of(labels, rows), Tensor.of(logits, rows, columns));
    LossResult result = Evaluator.of(Evaluations.sparseCrossEntropy())
        .evaluate(
            weighted ? inputs.withSampleWeight(weights) : inputs,
            Reduction.MEAN,
            Gradients.COMPUTE);
    assertEquals(expected, result.value(), 1e-12 * (1 + expected));
    assertArrayEquals(gradient, result.gradient("y_pred").doubles(), 1e-13);
  }

  @Property(seed = "1", tries = 40)
  void rowMeansOfAnyWidthEqualAPlainLoop(@ForAll("columns") int columns, @ForAll long seed) {
    int rows = 4;
    double[] yTrue = normal(seed, rows * columns);
    double[] yPred = normal(seed + 1, rows * columns);
    double[] losses = Evaluator.of(SQUARED_ERROR)
        .evaluate(
            LossInputs.of(Tensor.of(yTrue, rows, columns), Tensor.of(yPred, rows, columns)),
            Reduction.NONE,
            Gradients.NONE)
        .losses()
        .doubles();
    for (int i = 0; i < rows; i++) {
      double expected = 0;
      for (int j = i * columns; j < (i + 1) * columns; j++) {
        expected += (yPred[j] - yTrue[j]) * (yPred[j] - yTrue[j]) / columns;
      }
      assertEquals(expected, losses[i], 1e-12 * expected);
    }
  }

  @Property(seed = "1", tries = 40)
  void float32AgreesWithFloat64(@ForAll("columns") int columns, @ForAll long seed) {
    int rows = 5;
    Tensor logits = Tensor.of(normal(seed, rows * columns), rows, columns);
    double[] labels = new double[] {0, columns - 1, 0, Math.floor(columns / 2.0), columns - 1};
    Evaluator evaluator = Evaluator.of(Evaluations.sparseCrossEntropy());
    LossResult wide = evaluator.evaluate(
        LossInputs.of(Tensor.of(labels, rows), logits), Reduction.MEAN, Gradients.COMPUTE);
    LossResult narrow = evaluator.evaluate(
        LossInputs.of(narrowed(Tensor.of(labels, rows)), narrowed(logits)),
        Reduction.MEAN,
        Gradients.COMPUTE);
    assertEquals(DType.FLOAT32, narrow.gradient("y_pred").dtype());
    assertEquals(wide.value(), narrow.value(), 2e-6 * (1 + wide.value()));
    for (int i = 0; i < logits.size(); i++) {
      assertEquals(wide.gradient("y_pred").get(i), narrow.gradient("y_pred").get(i), 1e-6);
    }
  }

  @Test
  void manyThreadsAndManyRunsGiveTheSameBits() throws Exception {
    double[] yTrue = normal(1, 100_000);
    double[] yPred = normal(2, 100_000);
    FormulaLoss loss = (t, p) -> p.minus(t).softplus().times(p.tanh());
    Evaluator evaluator = Evaluator.of(loss);
    Callable<List<Object>> evaluation = () -> {
      LossResult result =
          evaluator.evaluate(LossInputs.of(yTrue, yPred), Reduction.MEAN, Gradients.COMPUTE);
      return List.of(
          result.value(), java.util.Arrays.hashCode(result.gradient("y_pred").doubles()));
    };
    List<Object> first = evaluation.call();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<Object>>> many = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        many.add(evaluation);
      }
      for (Future<List<Object>> answer : threads.invokeAll(many)) {
        assertEquals(first, answer.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Tensor narrowed(Tensor tensor) {
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) tensor.get(i);
    }
    return Tensor.of(values, tensor.shape());
  }

  private static double[] normal(long seed, int length) {
    Random random = new Random(seed);
    return random.doubles(length, -3, 3).toArray();
  }
}
