package dev.losses.engine;

import static dev.losses.engine.Evaluations.SQUARED_ERROR;
import static dev.losses.engine.Evaluations.matrix;
import static dev.losses.engine.Evaluations.row;
import static dev.losses.spi.Expr.where;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.Domain;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.LossFunction;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules every loss shares, one test or more for each row of the table in the design. */
class SharedRulesTest {
  private static final double NAN = Double.NaN;
  private static final Tensor TRUTH = matrix(row(1, 2, 3), row(4, 5, 6));
  private static final Tensor PREDICTION = matrix(row(2, 2, 3), row(4, 7, 6));
  private final Evaluator squaredError = Evaluator.of(SQUARED_ERROR);

  // Shape

  @Test
  void aBatchOfScalarsHasOneLossForEachElement() {
    LossResult result =
        squaredError.evaluate(LossInputs.of(row(1, 2), row(2, 4)), Reduction.NONE, Gradients.NONE);
    assertArrayEquals(new int[] {2}, result.losses().shape());
    assertArrayEquals(row(1, 4), result.losses().doubles());
  }

  @Test
  void aPointwiseLossIsAveragedOverTheLastAxis() {
    LossResult result = none(LossInputs.of(TRUTH, PREDICTION));
    assertArrayEquals(new int[] {2}, result.losses().shape());
    assertArrayEquals(row(1 / 3.0, 4 / 3.0), result.losses().doubles(), 1e-15);
  }

  @Test
  void aTrailingAxisOfSizeOneMayBeMissingOnEitherSide() {
    Tensor column = Tensor.of(row(2, 4, 7), 3, 1);
    Tensor flat = Tensor.of(row(1, 2, 3), 3);
    assertArrayEquals(row(1, 4, 16), none(LossInputs.of(flat, column)).losses().doubles());
    LossResult swapped =
        squaredError.evaluate(LossInputs.of(column, flat), Reduction.NONE, Gradients.COMPUTE);
    assertArrayEquals(row(1, 4, 16), swapped.losses().doubles());
    assertArrayEquals(new int[] {3}, swapped.gradient("y_pred").shape());
  }

  @Test
  void nothingIsBroadcast() {
    assertViolation(
        "/y_true: y_true has shape [3] but y_pred has shape [4, 3]; the shapes must be equal; nothing is broadcast",
        LossInputs.of(Tensor.of(new double[3], 3), Tensor.of(new double[12], 4, 3)));
    assertViolation(
        "/y_true: y_true has shape [1, 3] but y_pred has shape [3]; the shapes must be equal; nothing is broadcast",
        LossInputs.of(Tensor.of(new double[3], 1, 3), Tensor.of(new double[3], 3)));
  }

  @Test
  void emptyAxesAndSingleNumbersAreRefused() {
    Tensor number = Tensor.of(row(1));
    assertViolation("/y_true: y_true is a single number", LossInputs.of(number, number));
    assertViolation(
        "/y_true: y_true has shape [0]: the batch is empty", LossInputs.of(row(), row()));
    Tensor noFeatures = Tensor.of(row(), 2, 0);
    assertViolation("no axis may have size 0", LossInputs.of(noFeatures, noFeatures));
  }

  @Test
  void aRowLossNeedsRows() {
    FormulaLoss loss = (t, p) -> p.minus(t).norm(2);
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> Evaluator.of(loss)
            .evaluate(LossInputs.of(row(1), row(2)), Reduction.MEAN, Gradients.NONE));
    assertTrue(e.getMessage().contains("needs a shape [batch, ..., features]"), e.getMessage());
  }

  @Test
  void missingAndUnknownInputsAreBothReported() {
    Map<String, Tensor> inputs = Map.of("y_true", TRUTH, "prediction", PREDICTION);
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> squaredError.evaluate(LossInputs.named(inputs), Reduction.MEAN, Gradients.NONE));
    assertEquals(
        List.of("/prediction", "/y_pred"),
        e.violations().stream().map(Violation::pointer).toList());
  }

  // Dtype

  @Test
  void float32IsComputedInFloat32AndSummedInFloat64() {
    int size = 4_000_000;
    float[] yTrue = new float[size];
    float[] yPred = new float[size];
    java.util.Arrays.fill(yPred, 0.1f);
    double value = squaredError
        .evaluate(LossInputs.of(yTrue, yPred), Reduction.MEAN, Gradients.NONE)
        .value();
    assertEquals(0.1f * 0.1f, value, 1e-9);
  }

  @Test
  void mixedDtypesAreRefused() {
    assertViolation(
        "mix float32 and float64",
        LossInputs.of(Tensor.of(new float[1], 1), Tensor.of(new double[1], 1)));
  }

  // Sample weight

  @Test
  void aWeightMayBeANumberAVectorOrAPrefixWithOnes() {
    LossInputs inputs = LossInputs.of(TRUTH, PREDICTION);
    assertEquals(5 / 6.0 * 2, mean(inputs.withSampleWeight(2)), 1e-15);
    double expected = (3 * 1 / 3.0 + 0.5 * 4 / 3.0) / 2;
    assertEquals(expected, mean(inputs.withSampleWeight(row(3, 0.5))), 1e-15);
    assertEquals(expected, mean(inputs.withSampleWeight(Tensor.of(row(3, 0.5), 2, 1))), 1e-15);
    assertEquals(expected, mean(inputs.withSampleWeight(new float[] {3, 0.5f})), 1e-15);
  }

  @Test
  void aWeightThatIsANumberMultipliesEachUnreducedLossAndTheGradient() {
    LossInputs inputs = LossInputs.of(row(0, 0), row(1, 2)).withSampleWeight(3);
    LossResult result = squaredError.evaluate(inputs, Reduction.NONE, Gradients.COMPUTE);
    assertArrayEquals(row(3, 12), result.losses().doubles());
    assertArrayEquals(row(6, 12), result.gradient("y_pred").doubles());
    assertArrayEquals(row(6, 12), gradient(inputs, Reduction.SUM));
    assertArrayEquals(row(0, 0), none(inputs.withSampleWeight(0)).losses().doubles());
  }

  @Test
  void aWeightCoversAPrefixOfHigherRanks() {
    Tensor zeros = Tensor.zeros(dev.losses.spi.DType.FLOAT64, 2, 2, 2);
    Tensor ones = Tensor.of(row(1, 1, 1, 1, 1, 1, 1, 1), 2, 2, 2);
    LossInputs inputs = LossInputs.of(zeros, ones);
    assertArrayEquals(
        row(1, 1, 3, 3), none(inputs.withSampleWeight(row(1, 3))).losses().doubles());
    assertArrayEquals(
        row(1, 2, 3, 4),
        none(inputs.withSampleWeight(Tensor.of(row(1, 2, 3, 4), 2, 2))).losses().doubles());
  }

  @Test
  void aWeightOfShapeOneIsNotABatch() {
    assertViolation(
        "/sample_weight: sample_weight has shape [1], which does not align with the losses' shape [2]",
        LossInputs.of(TRUTH, PREDICTION).withSampleWeight(row(2)));
  }

  @Test
  void negativeAndNonFiniteWeightsAreAllNamed() {
    assertViolation(
        "/sample_weight/0: a weight must be finite and not negative, got -1.0; "
            + "/sample_weight/1: a weight must be finite and not negative, got NaN",
        LossInputs.of(TRUTH, PREDICTION).withSampleWeight(row(-1, NAN)));
  }

  @Test
  void aNaNOfWeightZeroContributesNothingButCounts() {
    LossInputs inputs = LossInputs.of(row(1, NAN), row(3, 1)).withSampleWeight(row(1, 0));
    LossResult result = squaredError.evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(2, result.value());
    assertArrayEquals(row(2, 0), result.gradient("y_pred").doubles());
    assertEquals(0, mean(LossInputs.of(row(NAN), row(1)).withSampleWeight(0)));
  }

  // Mask

  @Test
  void aMaskedNanDoesNotPoisonTheMean() {
    LossInputs inputs =
        LossInputs.of(row(1, NAN, 1), row(3, 1, 2)).withMask(new boolean[] {true, false, true});
    LossResult result = squaredError.evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(2.5, result.value());
    assertArrayEquals(row(2, 0, 1), result.gradient("y_pred").doubles());
    assertArrayEquals(row(4, 0, 1), none(inputs).losses().doubles());
  }

  @Test
  void aMaskedRowIsLeftOutOfTheMean() {
    LossInputs inputs = LossInputs.of(TRUTH, PREDICTION).withMask(new boolean[] {false, true});
    assertEquals(4 / 3.0, mean(inputs), 1e-15);
  }

  @Test
  void aMaskThatDoesNotAlignIsRefused() {
    assertViolation(
        "/mask: mask has shape [3], which does not align with the losses' shape [2]",
        LossInputs.of(TRUTH, PREDICTION).withMask(new boolean[3]));
  }

  // Reduction

  @Test
  void eachReductionIsItsFormula() {
    LossInputs inputs = LossInputs.of(row(0, 0, 0), row(1, 2, 3))
        .withSampleWeight(row(2, 0, 4))
        .withMask(new boolean[] {true, true, false});
    assertEquals(2 / 2.0, value(inputs, Reduction.MEAN));
    assertEquals(2 / 2.0, value(inputs, Reduction.MEAN_WITH_SAMPLE_WEIGHT));
    assertEquals(2, value(inputs, Reduction.SUM));
    LossInputs unmasked = LossInputs.of(row(0, 0, 0), row(1, 2, 3)).withSampleWeight(row(2, 0, 4));
    assertEquals(38 / 3.0, value(unmasked, Reduction.MEAN), 1e-15);
    assertEquals(38 / 6.0, value(unmasked, Reduction.MEAN_WITH_SAMPLE_WEIGHT), 1e-15);
  }

  @Test
  void theSumAddsTheMeansOfRows() {
    assertEquals(5 / 3.0, value(LossInputs.of(TRUTH, PREDICTION), Reduction.SUM), 1e-15);
  }

  @Test
  void aPositionCountsForWhatTheLossSays() {
    FormulaLoss ignoringNegatives = (t, p) -> {
      var ignored = t.lessThan(0);
      return where(ignored, 0, p.minus(t).squared()).countedAs(where(ignored, 0, 1.0));
    };
    Evaluator evaluator = Evaluator.of(ignoringNegatives);
    LossResult result = evaluator.evaluate(
        LossInputs.of(row(1, -1, 1), row(3, 5, 2)), Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(2.5, result.value());
    assertArrayEquals(row(2, 0, 1), result.gradient("y_pred").doubles());
  }

  @Test
  void countsOfElementsAreAveragedOverTheLastAxisLikeTheLosses() {
    FormulaLoss loss = (t, p) -> p.minus(t).squared().countedAs(t.times(0).plus(1));
    Evaluator evaluator = Evaluator.of(loss);
    LossInputs inputs = LossInputs.of(matrix(row(0, 0), row(0, 0)), matrix(row(1, 2), row(3, 4)));
    for (LossInputs each : List.of(inputs, inputs.withSampleWeight(row(1, 1)))) {
      LossResult sum = evaluator.evaluate(each, Reduction.SUM, Gradients.COMPUTE);
      assertEquals(15, sum.value());
      assertArrayEquals(row(1, 2, 3, 4), sum.gradient("y_pred").doubles());
      assertEquals(7.5, evaluator.evaluate(each, Reduction.MEAN, Gradients.NONE).value());
    }
  }

  // Nothing left

  @Test
  void nothingLeftIsZeroWithZeroGradient() {
    FormulaLoss nothingCounts = (t, p) -> p.minus(t).squared().times(0).countedAs(t.times(0));
    LossInputs inputs = LossInputs.of(row(0, 0), row(1, NAN));
    for (Reduction reduction : List.of(Reduction.MEAN, Reduction.MEAN_WITH_SAMPLE_WEIGHT)) {
      assertZero(squaredError, inputs.withMask(new boolean[2]), reduction);
      assertZero(squaredError, inputs.withSampleWeight(row(0, 0)), reduction);
      assertZero(squaredError, inputs.withSampleWeight(0), reduction);
      assertZero(Evaluator.of(nothingCounts), LossInputs.of(row(0, 0), row(1, 2)), reduction);
    }
  }

  // Gradient

  @Test
  void theGradientIsThatOfTheReducedLoss() {
    LossInputs inputs = LossInputs.of(TRUTH, PREDICTION);
    assertArrayEquals(row(2 / 6.0, 0, 0, 0, 4 / 6.0, 0), gradient(inputs, Reduction.MEAN), 1e-15);
    assertArrayEquals(row(2 / 3.0, 0, 0, 0, 4 / 3.0, 0), gradient(inputs, Reduction.SUM), 1e-15);
    assertArrayEquals(row(2 / 3.0, 0, 0, 0, 4 / 3.0, 0), gradient(inputs, Reduction.NONE), 1e-15);
    assertArrayEquals(
        row(6 / 6.0, 0, 0, 0, 0, 0),
        gradient(inputs.withSampleWeight(row(3, 0)), Reduction.MEAN),
        1e-15);
  }

  @Test
  void aGradientGoesIntoTheCallersTensor() {
    Tensor mine = Tensor.zeros(dev.losses.spi.DType.FLOAT64, 2, 3);
    LossResult result = squaredError.evaluate(
        LossInputs.of(TRUTH, PREDICTION), Reduction.SUM, Gradients.into("y_pred", mine));
    assertEquals(mine, result.gradient("y_pred"));
    assertEquals(2 / 3.0, mine.get(0), 1e-15);
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> squaredError.evaluate(
            LossInputs.of(TRUTH, PREDICTION),
            Reduction.SUM,
            Gradients.into("y_true", mine).andInto("y_pred", Tensor.of(new float[6], 2, 3))));
    assertEquals(2, e.violations().size());
  }

  @Test
  void aGradientMayNotOverwriteAnInput() {
    LossInputs inputs = LossInputs.of(TRUTH, PREDICTION);
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> squaredError.evaluate(inputs, Reduction.SUM, Gradients.into("y_pred", PREDICTION)));
    assertTrue(e.getMessage().contains("give it its own"), e.getMessage());
  }

  @Test
  void tinyWeightsGiveTheGradientOfTheirProportions() {
    LossInputs inputs = LossInputs.of(row(0, 0), row(1, 2)).withSampleWeight(row(1e-310, 1e-310));
    assertArrayEquals(row(1, 2), gradient(inputs, Reduction.MEAN_WITH_SAMPLE_WEIGHT), 1e-12);
  }

  // Domain

  @Test
  void aValueOutsideItsDomainIsNamedByItsPosition() {
    assertDomainViolation(
        Domain.PROBABILITY,
        row(0.5, 1.5),
        "/y_pred/1: y_pred must be a probability in [0, 1], got 1.5");
    assertDomainViolation(
        Domain.DISTANCE, row(0, -1), "/y_pred/1: y_pred must not be negative, got -1");
    assertDomainViolation(
        Domain.POSITIVE, row(0, 1), "/y_pred/0: y_pred must be greater than 0, got 0");
    assertDomainViolation(Domain.SIGN, row(1, 0), "/y_pred/1: y_pred must be -1 or 1, got 0");
  }

  @Test
  void aProbabilityJustOutsideIsClippedAndItsGradientFlows() {
    LossFunction loss =
        Evaluations.loss(Input.pair(Domain.REAL, Domain.PROBABILITY), in -> in.get("y_pred"));
    LossResult result = Evaluator.of(loss)
        .evaluate(
            LossInputs.of(row(0, 0), row(1 + 5e-7, -5e-7)), Reduction.NONE, Gradients.COMPUTE);
    assertArrayEquals(row(1, 0), result.losses().doubles());
    assertArrayEquals(row(1, 1), result.gradient("y_pred").doubles());
  }

  @Test
  void aClassIndexMustBeAnIntegerInRange() {
    Evaluator evaluator = Evaluator.of(Evaluations.sparseCrossEntropy());
    Tensor logits = matrix(row(1, 2, 3), row(1, 2, 3), row(1, 2, 3), row(1, 2, 3));
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> evaluator.evaluate(
            LossInputs.of(Tensor.of(row(3, 0.5, -1, NAN), 4), logits),
            Reduction.MEAN,
            Gradients.NONE));
    assertEquals(
        List.of("/y_true/0", "/y_true/1", "/y_true/2", "/y_true/3"),
        e.violations().stream().map(Violation::pointer).toList());
    assertTrue(e.getMessage().contains("an integer from 0 to 2, got 0.5"), e.getMessage());
  }

  @Test
  void anExceptedValueIsAllowedAndAMaskedOneIsNotLookedAt() {
    List<Input> inputs = List.of(
        Input.of("y_true", Domain.CLASS_INDEX).perRow().except(-100),
        Input.of("y_pred", Domain.REAL));
    Evaluator evaluator =
        Evaluator.of(Evaluations.loss(inputs, in -> in.get("y_pred").at(in.get("y_true"))));
    Tensor scores = matrix(row(1, 2), row(3, 4), row(5, 6));
    LossResult result = evaluator.evaluate(
        LossInputs.of(Tensor.of(row(1, -100, 77), 3), scores)
            .withMask(new boolean[] {true, true, false}),
        Reduction.NONE,
        Gradients.COMPUTE);
    assertArrayEquals(row(2, 0, 0), result.losses().doubles());
    assertArrayEquals(row(0, 1, 0, 0, 0, 0), result.gradient("y_pred").doubles());
  }

  @Test
  void whatIsComputedFromAnElementOutsideTheAxisIsZeroToo() {
    List<Input> inputs = List.of(
        Input.of("y_true", Domain.CLASS_INDEX).perRow().except(-100),
        Input.of("y_pred", Domain.REAL));
    for (var formula : List.<java.util.function.UnaryOperator<dev.losses.spi.Expr>>of(
        p -> p.exp(), p -> p.logSoftmax(), p -> dev.losses.spi.Expr.classIndex().plus(p))) {
      Evaluator evaluator = Evaluator.of(
          Evaluations.loss(inputs, in -> formula.apply(in.get("y_pred")).at(in.get("y_true"))));
      LossResult result = evaluator.evaluate(
          LossInputs.of(Tensor.of(row(-100), 1), matrix(row(1, 2, 3))),
          Reduction.SUM,
          Gradients.COMPUTE);
      assertEquals(0, result.value());
      assertArrayEquals(row(0, 0, 0), result.gradient("y_pred").doubles());
    }
  }

  @Test
  void anExceptedValueReachesTheFormulaUnclipped() {
    List<Input> inputs =
        List.of(Input.of("y_true", Domain.PROBABILITY).except(-1), Input.of("y_pred", Domain.REAL));
    Evaluator evaluator = Evaluator.of(
        Evaluations.loss(inputs, in -> where(in.get("y_true").equalTo(-1), 0, in.get("y_pred"))));
    LossResult result =
        evaluator.evaluate(LossInputs.of(row(-1, 1), row(5, 5)), Reduction.NONE, Gradients.NONE);
    assertArrayEquals(row(0, 5), result.losses().doubles());
  }

  @Test
  void constantsPerClassLieAlongTheLastAxis() {
    FormulaLoss loss =
        (t, p) -> p.times(dev.losses.spi.Expr.perClass(List.of(1.0, 10.0))).sum();
    Evaluator evaluator = Evaluator.of(loss);
    Tensor two = matrix(row(1, 2), row(3, 4));
    LossResult result =
        evaluator.evaluate(LossInputs.of(two, two), Reduction.NONE, Gradients.COMPUTE);
    assertArrayEquals(row(21, 43), result.losses().doubles());
    assertArrayEquals(row(1, 10, 1, 10), result.gradient("y_pred").doubles());
    Tensor three = matrix(row(1, 2, 3));
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> evaluator.evaluate(LossInputs.of(three, three), Reduction.NONE, Gradients.NONE));
    assertTrue(
        e.getMessage().contains("2 values [1.0, 10.0], but the last axis has size 3"),
        e.getMessage());
  }

  @Test
  void aWrongShapeAndAWrongWeightAreBothReported() {
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> mean(LossInputs.of(Tensor.of(new double[3], 3), PREDICTION).withSampleWeight(-1)));
    assertEquals(
        List.of("/y_true", "/sample_weight"),
        e.violations().stream().map(Violation::pointer).toList());
  }

  // NaN, Infinity

  @Test
  void nonFiniteNumbersFlowThroughAndAreWarnedOf() {
    LossResult result = squaredError.evaluate(
        LossInputs.of(row(0, NAN), row(Double.POSITIVE_INFINITY, 1)),
        Reduction.NONE,
        Gradients.COMPUTE);
    assertEquals(Double.POSITIVE_INFINITY, result.losses().get(0));
    assertTrue(Double.isNaN(result.losses().get(1)));
    assertEquals(
        List.of("the loss is not finite", "the gradient with respect to y_pred is not finite"),
        result.warnings());
    assertEquals(List.of(), none(LossInputs.of(row(1), row(2))).warnings());
  }

  @Test
  void aNaNHasAGradientThatIsNotANumber() {
    List<FormulaLoss> kinked = List.of(
        (t, p) -> p.minus(t).abs(),
        (t, p) -> p.maximum(t),
        (t, p) -> p.minimum(0.5),
        (t, p) -> p.clip(0, 1));
    for (FormulaLoss loss : kinked) {
      LossResult result = Evaluator.of(loss)
          .evaluate(LossInputs.of(row(0, 0), row(NAN, 0.25)), Reduction.NONE, Gradients.COMPUTE);
      assertTrue(Double.isNaN(result.losses().get(0)));
      assertTrue(Double.isNaN(result.gradient("y_pred").get(0)));
      assertTrue(Double.isFinite(result.gradient("y_pred").get(1)));
    }
    FormulaLoss rowMax = (t, p) -> p.max();
    LossResult result = Evaluations.evaluate(
        rowMax, matrix(row(0, 0), row(0, 0)), matrix(row(1, NAN), row(1, 2)), Reduction.NONE);
    assertTrue(Double.isNaN(result.gradient("y_pred").get(0)));
    assertArrayEquals(
        row(0, 1), java.util.Arrays.copyOfRange(result.gradient("y_pred").doubles(), 2, 4));
  }

  private static void assertZero(Evaluator evaluator, LossInputs inputs, Reduction reduction) {
    LossResult result = evaluator.evaluate(inputs, reduction, Gradients.COMPUTE);
    assertEquals(0, result.value());
    assertArrayEquals(row(0, 0), result.gradient("y_pred").doubles());
  }

  private static void assertDomainViolation(Domain domain, double[] yPred, String message) {
    LossFunction loss = Evaluations.loss(Input.pair(Domain.REAL, domain), in -> in.get("y_pred"));
    InvalidInputsException e = assertThrows(
        InvalidInputsException.class,
        () -> Evaluator.of(loss)
            .evaluate(
                LossInputs.of(new double[yPred.length], yPred), Reduction.MEAN, Gradients.NONE));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  private void assertViolation(String message, LossInputs inputs) {
    InvalidInputsException e = assertThrows(InvalidInputsException.class, () -> mean(inputs));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private LossResult none(LossInputs inputs) {
    return squaredError.evaluate(inputs, Reduction.NONE, Gradients.NONE);
  }

  private double mean(LossInputs inputs) {
    return value(inputs, Reduction.MEAN);
  }

  private double value(LossInputs inputs, Reduction reduction) {
    return squaredError.evaluate(inputs, reduction, Gradients.NONE).value();
  }

  private double[] gradient(LossInputs inputs, Reduction reduction) {
    return squaredError
        .evaluate(inputs, reduction, Gradients.COMPUTE)
        .gradient("y_pred")
        .doubles();
  }
}
