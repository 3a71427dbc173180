package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.DType;
import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.Losses;
import dev.losses.spi.MultiFormLoss;
import dev.losses.spi.NamedInputsLoss;
import dev.losses.spi.Tensor;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that come batch by batch have the loss they have at once. */
class AccumulationTest {
  private static final Evaluator SQUARED_ERROR = Evaluator.of(Evaluations.SQUARED_ERROR);
  private static final List<Reduction> REDUCTIONS =
      List.of(Reduction.MEAN, Reduction.MEAN_WITH_SAMPLE_WEIGHT, Reduction.SUM);

  @ParameterizedTest
  @CsvSource({"1, 65536", "4, 16384", "32, 2048", "64, 3072", "4096, 16", "131072, 1"})
  void wholeChunksGiveTheBitsOfAllAtOnce(int columns, int rowsOfBatch) {
    int rows = 2 * rowsOfBatch + Math.max(1, rowsOfBatch / 3);
    Random random = new Random(columns);
    double[] yTrue = random.doubles((long) rows * columns).toArray();
    double[] yPred = random.doubles((long) rows * columns).toArray();
    double[] weights = random.doubles(rows).toArray();
    for (DType dtype : DType.values()) {
      for (boolean weighted : new boolean[] {false, true}) {
        Accumulation accumulation = SQUARED_ERROR.accumulate();
        for (int row = 0; row < rows; row += rowsOfBatch) {
          int end = Math.min(rows, row + rowsOfBatch);
          accumulation.add(rows(dtype, yTrue, yPred, weighted ? weights : null, columns, row, end));
        }
        LossInputs all = rows(dtype, yTrue, yPred, weighted ? weights : null, columns, 0, rows);
        for (Reduction reduction : REDUCTIONS) {
          assertEquals(
              SQUARED_ERROR.evaluate(all, reduction, Gradients.NONE).value(),
              accumulation.value(reduction),
              dtype + " " + reduction);
        }
      }
    }
  }

  @Test
  void manySmallBatchesLoseNothing() {
    int batches = 100_000;
    LossInputs batch = LossInputs.of(new double[] {0.1}, new double[] {0.4});
    Accumulation accumulation = SQUARED_ERROR.accumulate();
    for (int i = 0; i < batches; i++) {
      accumulation.add(batch);
    }
    double error = 0.4 - 0.1;
    BigDecimal sum = new BigDecimal(error * error).multiply(new BigDecimal(batches));
    assertEquals(sum.doubleValue(), accumulation.value(Reduction.SUM));
    assertEquals(error * error, accumulation.value(Reduction.MEAN));
    assertEquals(batches, accumulation.rows());
  }

  @Test
  void aBatchIsNotKept() {
    Accumulation accumulation = SQUARED_ERROR.accumulate();
    WeakReference<double[]> batch = added(accumulation, () -> new double[1 << 16]);
    for (int i = 0; i < 100 && batch.get() != null; i++) {
      System.gc();
    }
    assertNull(batch.get());
    assertEquals(0, accumulation.value(Reduction.MEAN));
  }

  private static WeakReference<double[]> added(
      Accumulation accumulation, Supplier<double[]> numbers) {
    double[] yPred = numbers.get();
    accumulation.add(LossInputs.of(numbers.get(), yPred));
    return new WeakReference<>(yPred);
  }

  @Test
  void someBatchesMayHaveWeightsOrAMask() {
    Accumulation accumulation = SQUARED_ERROR.accumulate();
    Tensor zeros = Evaluations.matrix(new double[3], new double[3]);
    Tensor ones = Evaluations.matrix(Evaluations.row(1, 1, 1), Evaluations.row(1, 1, 1));
    LossInputs plain = LossInputs.of(zeros, ones);
    accumulation.add(plain);
    accumulation.add(plain.withSampleWeight(new double[] {2, 0}));
    accumulation.add(plain.withSampleWeight(3));
    accumulation.add(plain.withMask(new boolean[] {true, false}));
    assertEquals(2 + 2 + 6 + 1, accumulation.value(Reduction.SUM));
    assertEquals(11.0 / 7, accumulation.value(Reduction.MEAN));
    assertEquals(1, accumulation.value(Reduction.MEAN_WITH_SAMPLE_WEIGHT));

    Accumulation otherWay = SQUARED_ERROR.accumulate();
    otherWay.add(plain.withSampleWeight(new double[] {2, 0}));
    otherWay.add(plain);
    assertEquals(4, otherWay.value(Reduction.SUM), 1e-15);
    assertEquals(1, otherWay.value(Reduction.MEAN), 1e-15);
  }

  @Test
  void nothingLeftIsZeroAndNothingGivenIsAnError() {
    Accumulation accumulation = SQUARED_ERROR.accumulate();
    assertThrows(IllegalStateException.class, () -> accumulation.value(Reduction.MEAN));
    LossInputs batch = LossInputs.of(new double[] {1, 2}, new double[] {Double.NaN, 4});
    accumulation.add(batch.withMask(new boolean[2]));
    for (Reduction reduction : REDUCTIONS) {
      assertEquals(0, accumulation.value(reduction));
    }
    accumulation.add(batch.withMask(new boolean[] {false, true}));
    assertEquals(4, accumulation.value(Reduction.MEAN));
  }

  @Test
  void anInfiniteLossStaysInfinite() {
    Accumulation accumulation = SQUARED_ERROR.accumulate();
    for (double prediction : new double[] {1, Double.POSITIVE_INFINITY, 1}) {
      accumulation.add(LossInputs.of(new double[1], new double[] {prediction}));
    }
    assertEquals(Double.POSITIVE_INFINITY, accumulation.value(Reduction.MEAN));
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void onlyReductionsToOneNumberAreThere(Reduction reduction) {
    Accumulation accumulation = SQUARED_ERROR.accumulate();
    accumulation.add(LossInputs.of(new double[] {1}, new double[] {2}));
    if (reduction == Reduction.NONE) {
      assertThrows(IllegalArgumentException.class, () -> accumulation.value(reduction));
    } else {
      assertEquals(1, accumulation.value(reduction));
    }
  }

  @Test
  void batchesDifferInTheirFirstAxisOnly() {
    Accumulation accumulation = SQUARED_ERROR.accumulate();
    Tensor first = Tensor.zeros(DType.FLOAT64, 2, 3);
    accumulation.add(LossInputs.of(first, first));
    Tensor wider = Tensor.zeros(DType.FLOAT64, 2, 4);
    assertRefused(
        accumulation,
        LossInputs.of(wider, wider),
        "/y_true: y_true has shape [2, 4] but in the first batch [2, 3]; batches may differ in their first axis only; "
            + "/y_pred: y_pred has shape [2, 4] but in the first batch [2, 3]; batches may differ in their first axis only");
    Tensor scalars = Tensor.zeros(DType.FLOAT64, 2);
    assertRefused(
        accumulation,
        LossInputs.of(scalars, scalars),
        "has shape [2] but in the first batch [2, 3]");
    Tensor floats = Tensor.zeros(DType.FLOAT32, 2, 3);
    assertRefused(
        accumulation,
        LossInputs.of(floats, floats),
        "/y_pred: y_pred is float32 but in the first batch float64; give all batches the same dtype");
    assertRefused(
        accumulation, LossInputs.named(Map.of("y_true", first)), "the input 'y_pred' is missing");
    Tensor longer = Tensor.zeros(DType.FLOAT64, 5, 3);
    accumulation.add(LossInputs.of(longer, longer));
    assertEquals(7, accumulation.rows());
  }

  @Test
  void aRefusedFirstBatchSetsNoExample() {
    Accumulation accumulation = SQUARED_ERROR.accumulate();
    assertRefused(
        accumulation, LossInputs.of(new float[] {1}, new float[] {1, 2}), "nothing is broadcast");
    accumulation.add(LossInputs.of(new double[] {1}, new double[] {3}));
    assertEquals(4, accumulation.value(Reduction.MEAN));
  }

  private static final FormulaLoss PRODUCT_WITH_HINGE_LABELS = new FormulaLoss() {
    @Override
    public List<Input> inputs() {
      return Input.pair(Domain.HINGE_LABEL, Domain.REAL);
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yTrue.times(yPred);
    }
  };

  @ParameterizedTest
  @CsvSource({
    "1 1, 0 1, 1 0",
    "0 1, 1 1, 0 0",
    "1 1, -1 1, 1 1",
    "-1 1, 1 1, -1 -1",
    "0.5 1, 0 -1, NaN 1"
  })
  void hingeLabelsOfOneKindAreReadAsAllAtOnce(String one, String two, String three) {
    Evaluator evaluator = Evaluator.of(PRODUCT_WITH_HINGE_LABELS);
    Accumulation accumulation = evaluator.accumulate();
    for (String batch : List.of(one, two, three)) {
      accumulation.add(labelled(batch));
    }
    LossInputs all = labelled(one + " " + two + " " + three);
    assertEquals(
        evaluator.evaluate(all, Reduction.SUM, Gradients.NONE).value(),
        accumulation.value(Reduction.SUM));
  }

  @ParameterizedTest
  @CsvSource({"0 1, -1 1", "1 -1, 0 1", "0 0, 0.5 1", "0 1, NaN 1"})
  void hingeLabelsOfTwoKindsAreRefused(String one, String two) {
    Accumulation accumulation = Evaluator.of(PRODUCT_WITH_HINGE_LABELS).accumulate();
    accumulation.add(labelled("1 1"));
    accumulation.add(labelled(one));
    String message = assertRefused(accumulation, labelled(two), "/y_true: the labels");
    assertTrue(message.contains("are 0 and 1, which are read as -1 and 1"), message);
    assertTrue(message.contains("are not all 0 or 1, so they are read as they are"), message);
    accumulation.add(labelled(one));
  }

  @Test
  void aMaskedHingeLabelHasNoSayAndOneOfWeightZeroHas() {
    Accumulation accumulation = Evaluator.of(PRODUCT_WITH_HINGE_LABELS).accumulate();
    accumulation.add(labelled("0 1"));
    accumulation.add(labelled("-1 1").withMask(new boolean[] {false, true}));
    assertRefused(
        accumulation, labelled("-1 1").withSampleWeight(new double[] {0, 1}), "read as they are");
    assertEquals(3, accumulation.value(Reduction.SUM), "(-1 + 2) + 2");
  }

  @Test
  void theHingeLabelsOfALossOnArraysAreOfOneKindToo() {
    Accumulation accumulation = Evaluator.of(new RowSums() {
          @Override
          public List<Input> inputs() {
            return Input.pair(Domain.HINGE_LABEL, Domain.REAL);
          }
        })
        .accumulate();
    accumulation.add(labelled("-1 1"));
    accumulation.add(labelled("0 1").withMask(new boolean[] {false, true}));
    assertRefused(accumulation, labelled("0 1"), "/y_true: the labels");
  }

  private static LossInputs labelled(String labels) {
    double[] yTrue =
        Arrays.stream(labels.split(" ")).mapToDouble(Double::parseDouble).toArray();
    double[] yPred = new double[yTrue.length];
    Arrays.setAll(yPred, i -> i % 2 + 1);
    return LossInputs.of(yTrue, yPred);
  }

  private record Scaled(double factor) implements FormulaLoss {
    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.minus(yTrue).times(factor);
    }
  }

  private record ByShape(ToDoubleFunction<int[]> factor, boolean anew) implements MultiFormLoss {
    @Override
    public NamedInputsLoss form(DType dtype, Map<String, int[]> shapes) {
      double times = factor.applyAsDouble(shapes.getOrDefault("y_pred", new int[] {0, 0}));
      FormulaLoss unlikeAnyOther = (yTrue, yPred) -> yPred.minus(yTrue).times(times);
      return anew ? unlikeAnyOther : new Scaled(times);
    }

    @Override
    public NamedInputsLoss usualForm() {
      return new Scaled(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFormThatFollowsTheColumnsServesAllBatches(boolean anew) {
    Accumulation accumulation =
        Evaluator.of(new ByShape(shape -> shape[shape.length - 1], anew)).accumulate();
    for (int rows = 1; rows < 30; rows++) {
      double[] ones = new double[rows * 2];
      Arrays.fill(ones, 1);
      accumulation.add(
          LossInputs.of(Tensor.zeros(DType.FLOAT64, rows, 2), Tensor.of(ones, rows, 2)));
    }
    assertEquals(2, accumulation.value(Reduction.MEAN));
  }

  @Test
  void aFormThatFollowsTheRowsIsRefused() {
    Evaluator byRows = Evaluator.of(new ByShape(shape -> shape[0], false));
    Accumulation accumulation = byRows.accumulate();
    LossInputs two = LossInputs.of(new double[2], new double[] {1, 1});
    accumulation.add(two);
    assertEquals(2, accumulation.value(Reduction.MEAN));
    assertRefused(accumulation, two, "another form for 2 rows, the batch, than for all 4");

    Evaluator byMany = Evaluator.of(new ByShape(shape -> shape[0] > 2 ? 1 : 2, false));
    Accumulation small = byMany.accumulate();
    small.add(two);
    LossInputs three = LossInputs.of(new double[3], new double[3]);
    assertRefused(small, three, "another form for 3 rows");
    assertEquals(2, small.rows());
  }

  private static class RowSums implements ArrayLoss {
    @Override
    public boolean rowsAreIndependent() {
      return true;
    }

    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      Tensor yPred = inputs.getOrDefault("y_pred", Tensor.zeros(DType.FLOAT64, 0));
      Tensor losses = Tensor.zeros(yPred.dtype(), yPred.axis(0));
      Tensor counts = Tensor.zeros(yPred.dtype(), yPred.axis(0));
      int width = yPred.size() / yPred.axis(0);
      for (int i = 0; i < yPred.size(); i++) {
        losses.set(i / width, losses.get(i / width) + yPred.get(i));
        counts.set(i / width, losses.get(i / width) > 0 ? 1 : 0);
      }
      return new Losses(losses, counts);
    }

    @Override
    public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
      return inputs;
    }
  }

  @Test
  void aLossOnArraysGivesTheBitsOfAllAtOnceHoweverItIsCut() {
    Evaluator evaluator = Evaluator.of(new RowSums());
    double[] yPred = new Random(1).doubles(301, -1, 2).toArray();
    double[] weights = new Random(2).doubles(301).toArray();
    for (int size : new int[] {1, 7, 100, 301}) {
      Accumulation accumulation = evaluator.accumulate();
      for (int row = 0; row < 301; row += size) {
        accumulation.add(
            rows(DType.FLOAT64, yPred, yPred, weights, 1, row, Math.min(301, row + size)));
      }
      for (Reduction reduction : REDUCTIONS) {
        LossInputs all = rows(DType.FLOAT64, yPred, yPred, weights, 1, 0, 301);
        assertEquals(
            evaluator.evaluate(all, reduction, Gradients.NONE).value(),
            accumulation.value(reduction));
      }
    }
  }

  @Test
  void rowsThatMayDependOnOneAnotherAreRefused() {
    Evaluator coupled = Evaluator.of(new RowSums() {
      @Override
      public boolean rowsAreIndependent() {
        return false;
      }
    });
    assertThrows(IllegalArgumentException.class, coupled::accumulate);
  }

  @Test
  void anAuthorWhoseIndependentRowsHaveOneLossIsNamedAsTheCause() {
    Accumulation accumulation = Evaluator.of(new RowSums() {
          @Override
          public Losses loss(Map<String, Tensor> inputs) {
            return Losses.of(Tensor.of(new double[] {1}));
          }
        })
        .accumulate();
    LossFunctionException failure = assertThrows(
        LossFunctionException.class,
        () -> accumulation.add(LossInputs.of(new double[] {1}, new double[] {2})));
    assertTrue(failure.getMessage().contains("one loss for the whole batch"), failure.getMessage());
    assertEquals(0, accumulation.rows());
  }

  private static String assertRefused(Accumulation accumulation, LossInputs batch, String reason) {
    long rows = accumulation.rows();
    double before = rows == 0 ? 0 : accumulation.value(Reduction.SUM);
    String message = assertThrows(InvalidInputsException.class, () -> accumulation.add(batch))
        .getMessage();
    assertTrue(message.contains(reason), message);
    assertEquals(rows, accumulation.rows());
    assertEquals(before, rows == 0 ? 0 : accumulation.value(Reduction.SUM));
    return message;
  }

  private static LossInputs rows(
      DType dtype,
      double[] yTrue,
      double[] yPred,
      double @Nullable [] weights,
      int columns,
      int from,
      int to) {
    LossInputs inputs = LossInputs.of(
        tensor(dtype, yTrue, columns, from, to), tensor(dtype, yPred, columns, from, to));
    return weights == null
        ? inputs
        : inputs.withSampleWeight(Arrays.copyOfRange(weights, from, to));
  }

  private static Tensor tensor(DType dtype, double[] values, int columns, int from, int to) {
    Tensor tensor =
        columns == 1 ? Tensor.zeros(dtype, to - from) : Tensor.zeros(dtype, to - from, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, values[from * columns + i]);
    }
    return tensor;
  }
}
