package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of overlapping regions, beside numbers found another way. */
class SegmentationLossesTest {
  private static final LossCatalog CATALOG = LossCatalog.load();

  @Test
  void diceAndJaccardAreTverskyWithTheirWeights() {
    LossInputs inputs =
        inputs(new double[] {1, 0, 1, 1, 0, 0}, new double[] {0.9, 0.2, 0.4, 0.7, 0.1, 0.6}, 2, 3);
    // Overlap 2.0, sizes 3 and 2.9.
    assertEquals(1 - 4 / (5.9 + 1e-7), value("dice", Map.of(), inputs), 1e-15);
    assertEquals(1 - 2 / (3.9 + 1e-7), value("iou", Map.of(), inputs), 1e-15);
    // False positives 0.9, false negatives 1.0.
    double tversky = 1 - 2 / (2 + 0.3 * 0.9 + 0.6 + 1e-7);
    Map<String, Object> weights = Map.of("alpha", 0.3, "beta", 0.6);
    assertEquals(tversky, value("tversky", weights, inputs), 1e-15);
    assertEquals(
        Math.pow(tversky, 2),
        value("focal_tversky", Map.of("alpha", 0.3, "beta", 0.6, "gamma", 2), inputs),
        1e-15);
  }

  @Test
  void theLossesHaveTheShapeOfTheAxesThatAreLeft() {
    LossInputs inputs =
        LossInputs.of(Tensor.of(new double[24], 2, 3, 4), Tensor.of(new double[24], 2, 3, 4));
    assertShape(inputs, null);
    assertShape(inputs, List.of(0, 1, 2));
    assertShape(inputs, List.of(-1, 0, -2));
    assertShape(inputs, List.of(1, 2), 2);
    assertShape(inputs, List.of(-1), 2, 3);
    assertShape(inputs, List.of(1), 2, 4);
  }

  private static void assertShape(LossInputs inputs, List<Integer> axis, int... shape) {
    Loss loss = CATALOG.loss("dice", axis == null ? Map.of() : Map.of("axis", axis));
    assertArrayEquals(shape, loss.evaluate(inputs, Reduction.NONE).losses().shape());
  }

  @Test
  void anAxisInTheMiddleIsSummedOverForEachOfTheOthers() {
    double[] truth = {1, 1, 0, 1, 0, 0, 1, 1};
    double[] prediction = {0.5, 0.25, 0.75, 1, 0.125, 0, 0.5, 0.75};
    Loss loss = CATALOG.loss("jaccard", Map.of("axis", 1));
    Tensor losses = loss.evaluate(
            LossInputs.of(Tensor.of(truth, 2, 2, 2), Tensor.of(prediction, 2, 2, 2)),
            Reduction.NONE)
        .losses();
    for (int i = 0; i < 4; i++) {
      int first = i / 2 * 4 + i % 2;
      LossInputs pair = LossInputs.of(
          new double[] {truth[first], truth[first + 2]},
          new double[] {prediction[first], prediction[first + 2]});
      assertEquals(value("jaccard", Map.of(), pair), losses.get(i), 1e-15);
    }
  }

  @Test
  void axesThatMakeNoSenseAreRefused() {
    assertRefused(List.of(2), "/parameters/axis", "there is no axis 2");
    assertRefused(List.of(-3), "/parameters/axis", "there is no axis -3");
    assertRefused(List.of(1, -1), "/parameters/axis", "axis -1 is named twice");
    assertRefused(List.of(0), "/parameters/axis", "the batch, axis 0");
  }

  private static void assertRefused(List<Integer> axis, String pointer, String mention) {
    for (String name : List.of("dice", "tversky", "focal_tversky", "jaccard")) {
      assertRefused(
          CATALOG.loss(name, Map.of("axis", axis)),
          inputs(new double[4], new double[4], 2, 2),
          pointer,
          mention);
    }
  }

  @Test
  void atALossOfZeroTheFocalGradientIsZero() {
    // The false positive is just what the 1e-7 is.
    LossResult result = CATALOG
        .loss("focal_tversky", Map.of("alpha", 1))
        .evaluate(
            LossInputs.of(new double[] {1, 0}, new double[] {1, -1e-7}),
            Reduction.MEAN,
            Gradients.COMPUTE);
    assertEquals(0, result.value());
    assertArrayEquals(new double[2], result.gradient("y_pred").doubles());
  }

  @Test
  void lovaszWeighsErrorsByTheJaccardLossTheyAdd() {
    LossResult result = CATALOG
        .loss("lovasz_hinge")
        .evaluate(
            inputs(new double[] {1, 0, 1}, new double[] {2, -0.5, -1}, 1, 3),
            Reduction.MEAN,
            Gradients.COMPUTE);
    // Errors -1, 0.5 and 2: one missed costs 1/2, one wrong more costs 2/3.
    assertEquals(2 * 0.5 + 0.5 / 6, result.value(), 1e-15);
    assertArrayEquals(new double[] {0, 1 / 6.0, -0.5}, result.gradient("y_pred").doubles(), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void lovaszIsTheIntegralOfTheJaccardLossOverThresholds(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] truth = random.ints(20, 0, seed == 1 ? 1 : 2).asDoubleStream().toArray();
    // Quarters tie often, and at 0 too.
    double[] logits =
        random.ints(20, -8, 9).mapToDouble(quarter -> quarter / 4.0).toArray();
    double[] errors = new double[20];
    for (int i = 0; i < 20; i++) {
      errors[i] = Math.max(0, 1 - (2 * truth[i] - 1) * logits[i]);
    }
    double[] levels =
        Arrays.stream(errors).filter(e -> e > 0).sorted().distinct().toArray();
    double expected = 0;
    double below = 0;
    for (double level : levels) {
      int wrong = 0;
      int union = 0;
      for (int i = 0; i < 20; i++) {
        wrong += errors[i] >= level ? 1 : 0;
        union += truth[i] == 1 || errors[i] >= level ? 1 : 0;
      }
      expected += (level - below) * wrong / union;
      below = level;
    }
    LossResult result = CATALOG
        .loss("lovasz_hinge")
        .evaluate(inputs(truth, logits, 1, 20), Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(expected, result.value(), 1e-13);
    // The extension is homogeneous of degree 1 in the errors that count, so its slopes add up to
    // it.
    double sum = 0;
    for (int i = 0; i < 20; i++) {
      sum += errors[i] * Math.abs(result.gradient("y_pred").get(i));
    }
    assertEquals(expected, sum, 1e-13);
  }

  @Test
  void equalErrorsOfOneLabelShareTheGradient() {
    LossResult result = CATALOG
        .loss("lovasz_hinge")
        .evaluate(
            inputs(new double[] {1, 1, 0, 0}, new double[4], 1, 4),
            Reduction.MEAN,
            Gradients.COMPUTE);
    // The truth first costs 1, then the others nothing. The others first cost 1/2, then the truth
    // 1/2.
    assertArrayEquals(
        new double[] {-0.375, -0.375, 0.125, 0.125}, result.gradient("y_pred").doubles(), 1e-15);
  }

  @Test
  void errorsAreInTheOrderOfTheirLogitsEvenWhereTheyRoundToOneNumber() {
    double[] logits = {2, 0.001, 0, 0.1, Math.nextDown(0.1)};
    LossResult result = CATALOG
        .loss("lovasz_hinge")
        .evaluate(
            inputs(new double[] {1, 1, 0, 0, 0}, logits, 1, 5), Reduction.SUM, Gradients.COMPUTE);
    double[] gradient = result.gradient("y_pred").doubles();
    // One wrong of a union of 3, then two of 4.
    assertEquals(1 / 3.0, gradient[3], 1e-15);
    assertEquals(2 / 4.0 - 1 / 3.0, gradient[4], 1e-15);
  }

  @Test
  void lovaszRefusesWhatIsNoRowOfZerosAndOnes() {
    Loss loss = CATALOG.loss("lovasz_hinge");
    assertRefused(
        loss, inputs(new double[] {1, 0, 0.5, 1}, new double[4], 2, 2), "/y_true/1/0", "0.5");
    assertRefused(loss, LossInputs.of(new double[2], new double[2]), "/y_pred", "looks along rows");
  }

  private static void assertRefused(Loss loss, LossInputs inputs, String pointer, String mention) {
    LossException e = assertThrows(LossException.class, () -> loss.evaluate(inputs));
    assertEquals(LossErrorCode.INVALID_INPUTS, e.code());
    assertEquals(pointer, e.violations().get(0).pointer());
    assertTrue(e.violations().get(0).message().contains(mention), e.getMessage());
  }

  private static double value(String name, Map<String, Object> parameters, LossInputs inputs) {
    return CATALOG.loss(name, parameters).evaluate(inputs).value();
  }

  private static LossInputs inputs(double[] truth, double[] prediction, int... shape) {
    return LossInputs.of(Tensor.of(truth, shape), Tensor.of(prediction, shape));
  }
}
