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
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses that compare the rows of a batch, beside numbers found another way. */
class SimilarityLossesTest {
  private static final LossCatalog CATALOG = LossCatalog.load();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void semihardIsItsDefinitionWhereDistancesTie(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 12;
    double[] labels = random.ints(rows, 0, 4).asDoubleStream().toArray();
    // Few whole numbers on a line: most distances occur more than once.
    double[] points = random.ints(rows, 0, 7).asDoubleStream().toArray();
    double sum = 0;
    double pairs = 0;
    for (int a = 0; a < rows; a++) {
      for (int p = 0; p < rows; p++) {
        if (a != p && labels[a] == labels[p]) {
          double distance = Math.abs(points[a] - points[p]);
          sum += Math.max(0, 1.5 + distance - semihard(labels, points, a, distance));
          pairs++;
        }
      }
    }
    LossResult result = CATALOG
        .loss("triplet_semihard", Map.of("margin", 1.5))
        .evaluate(inputs(labels, points, 1), Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(sum / pairs, result.value(), 1e-12);
    // A shift of all points changes nothing.
    assertEquals(0, java.util.Arrays.stream(result.gradient("y_pred").doubles()).sum(), 1e-12);
  }

  private static double semihard(double[] labels, double[] points, int anchor, double beyond) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (int n = 0; n < labels.length; n++) {
      double distance = Math.abs(points[anchor] - points[n]);
      if (labels[n] != labels[anchor]) {
        largest = Math.max(largest, distance);
        smallest = distance > beyond ? Math.min(smallest, distance) : smallest;
      }
    }
    return Double.isInfinite(smallest) ? largest : smallest;
  }

  @Test
  void hardIsTheFurthestOfItsClassAgainstTheNearestOther() {
    LossInputs inputs = inputs(new double[] {0, 0, 1}, new double[] {0, 1, 3}, 1);
    LossResult result = CATALOG
        .loss("triplet_hard", Map.of("margin", 2))
        .evaluate(inputs, Reduction.SUM, Gradients.COMPUTE);
    // Only the middle point pays: 2 + 1 - 2. The first is at a kink: 2 + 1 - 3. The last is alone:
    // 2 + 0 - 2.
    assertEquals(1, result.value(), 1e-15);
    assertArrayEquals(new double[] {-1, 2, -1}, result.gradient("y_pred").doubles(), 1e-15);
  }

  @Test
  void rowsAtTheSameDistanceShareTheGradient() {
    LossInputs inputs = inputs(new double[] {0, 1, 1}, new double[] {0, 0, 1, 0, 0, 1}, 2);
    LossResult result = CATALOG
        .loss("triplet_hard", Map.of("margin", 3))
        .evaluate(
            inputs.withMask(new boolean[] {true, false, false}), Reduction.SUM, Gradients.COMPUTE);
    assertEquals(2, result.value(), 1e-15);
    assertArrayEquals(
        new double[] {0.5, 0.5, -0.5, 0, 0, -0.5}, result.gradient("y_pred").doubles(), 1e-15);
  }

  @Test
  void aBatchOfOneClassCostsTheHardMarginAndNoOneAloneCounts() {
    LossInputs oneClass = inputs(new double[] {3, 3, 3}, new double[] {0, 1, 5}, 1);
    assertEquals(1, CATALOG.loss("triplet_hard").evaluate(oneClass).value(), 1e-15);
    // Without another class the distance to it is 0, as in TensorFlow Addons: 1 + (1 + 5 + 4) / 3.
    assertEquals(
        1 + 10 / 3.0, CATALOG.loss("triplet_semihard").evaluate(oneClass).value(), 1e-14);
    LossInputs strangers = inputs(new double[] {0, 1, 2}, new double[] {0, 1, 5}, 1);
    for (String name : new String[] {"triplet_semihard", "info_nce", "supervised_contrastive"}) {
      assertEquals(0, CATALOG.loss(name).evaluate(strangers).value(), name);
    }
    LossInputs onePair = inputs(new double[] {0, 0, 2}, new double[] {1, 1, 0, 1, -1, 0}, 2);
    Loss infoNce = CATALOG.loss("info_nce");
    assertEquals(
        infoNce.evaluate(onePair, Reduction.SUM).value() / 2,
        infoNce.evaluate(onePair).value(),
        1e-15);
  }

  @Test
  void infoNceOfIdenticalPairsOnOrthogonalAxesIsKnown() {
    LossInputs inputs =
        inputs(new double[] {0, 1, 0, 1}, new double[] {2, 0, 0, 7, 3, 0, 0, 0.1}, 2);
    for (double temperature : new double[] {0.07, 0.5, 3}) {
      double expected = Math.log1p(2 * Math.exp(-1 / temperature));
      Map<String, Double> parameters = Map.of("temperature", temperature);
      assertEquals(
          expected, CATALOG.loss("ntxent", parameters).evaluate(inputs).value(), 1e-12 * expected);
      assertEquals(
          expected,
          CATALOG.loss("supervised_contrastive", parameters).evaluate(inputs).value(),
          1e-12 * expected);
    }
  }

  @Test
  void squaresOfRowsNeitherOverflowNorVanish() {
    double[] labels = {0, 0, 1, 1};
    double[] points = {3, 4, 0, 1, -4, 3, 2, -1};
    LossResult hard = CATALOG
        .loss("triplet_hard", Map.of("margin", 0))
        .evaluate(inputs(labels, points, 2), Reduction.SUM, Gradients.COMPUTE);
    for (double scale : new double[] {0x1p-600, 0x1p600}) {
      LossResult far = CATALOG
          .loss("triplet_hard", Map.of("margin", 0))
          .evaluate(inputs(labels, scaled(points, scale), 2), Reduction.SUM, Gradients.COMPUTE);
      assertEquals(hard.value(), far.value() / scale);
      assertArrayEquals(
          hard.gradient("y_pred").doubles(), far.gradient("y_pred").doubles(), 1e-15);
    }
    Loss infoNce = CATALOG.loss("info_nce");
    double cosines = infoNce.evaluate(inputs(labels, points, 2)).value();
    assertEquals(
        cosines, infoNce.evaluate(inputs(labels, scaled(points, 0x1p600), 2)).value());
    // Shorter than 1e-7: all but zeros, and no row is preferred to another.
    assertEquals(
        Math.log(3),
        infoNce.evaluate(inputs(labels, scaled(points, 0x1p-600), 2)).value(),
        1e-15);
  }

  private static double[] scaled(double[] values, double scale) {
    return java.util.Arrays.stream(values).map(value -> value * scale).toArray();
  }

  @Test
  void npairsOfNoPreferenceIsTheLogarithmOfTheBatch() {
    LossResult result = CATALOG
        .loss("npairs")
        .evaluate(
            inputs(new double[] {0, 1, 1}, new double[9], 3), Reduction.SUM, Gradients.COMPUTE);
    assertEquals(3 * Math.log(3), result.value(), 1e-14);
    assertArrayEquals(
        new double[] {
          -2 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, -1 / 6.0, -1 / 6.0, 1 / 3.0, -1 / 6.0, -1 / 6.0
        },
        result.gradient("y_pred").doubles(),
        1e-15);
  }

  @Test
  void circleCountsOnlyRowsThatCostSomething() {
    // The last row has no other of its class.
    LossInputs inputs = inputs(new double[] {0, 0, 1}, new double[] {1, 0, 0.6, 0.8, 0, 1}, 2);
    Loss circle = CATALOG.loss("circle", Map.of("gamma", 2, "margin", 0.25));
    Tensor losses = circle.evaluate(inputs, Reduction.NONE).losses();
    // Distances: 0.4 to the other of the class, 1 and 0.2 to the row of another.
    double positive = -2 * (0.25 + 0.4) * (0.25 - 0.4);
    double far = 2 * (1.25 - 1) * (0.75 - 1);
    double near = 2 * (1.25 - 0.2) * (0.75 - 0.2);
    assertArrayEquals(
        new double[] {Math.log1p(Math.exp(positive + far)), Math.log1p(Math.exp(positive + near)), 0
        },
        losses.doubles(),
        1e-14);
    assertEquals((losses.get(0) + losses.get(1)) / 2, circle.evaluate(inputs).value(), 1e-14);
  }

  @Test
  void whatIsNoBatchOfRowsIsRefused() {
    LossInputs cube =
        LossInputs.of(Tensor.of(new double[4], 2, 2), Tensor.of(new double[8], 2, 2, 2));
    LossInputs oblong = inputs(new double[2], new double[6], 3);
    LossInputs wide = LossInputs.of(Tensor.of(new double[4], 2, 2), Tensor.of(new double[4], 2, 2));
    assertRefused("info_nce", cube, "/y_pred", "[batch, features]");
    assertRefused("npairs", oblong, "/y_pred", "must be square");
    assertRefused("npairs", wide, "/y_true", "must be [2]");
  }

  private static void assertRefused(
      String name, LossInputs inputs, String pointer, String mention) {
    LossException e = assertThrows(LossException.class, () -> CATALOG.loss(name).evaluate(inputs));
    assertEquals(LossErrorCode.INVALID_INPUTS, e.code());
    assertEquals(pointer, e.violations().get(0).pointer());
    assertTrue(e.violations().get(0).message().contains(mention), e.getMessage());
  }

  private static LossInputs inputs(double[] labels, double[] values, int width) {
    return LossInputs.of(Tensor.of(labels, labels.length), Tensor.of(values, labels.length, width));
  }
}
