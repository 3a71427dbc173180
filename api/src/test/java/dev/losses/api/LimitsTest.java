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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a limit is finite so is the answer, and digits are kept where terms are almost equal. */
class LimitsTest {
  private static final LossCatalog CATALOG = LossCatalog.load();

  @ParameterizedTest
  @CsvSource({
    "pseudo_huber, 1e-9, 5e-19",
    "pseudo_huber, 1e200, 1e200",
    "cauchy, 1e-9, 5e-19",
    "cauchy, 1e200, 460.51701859880914",
    "tukey_biweight, 1e-9, 5e-19",
    "tukey_biweight, 1e300, 3.658204166666666",
    "log_cosh, 1e-9, 5e-19",
    "soft_margin, 1000, 0",
    "soft_margin, -1000, 1000",
    "binary_cross_entropy_with_logits, -1e4, 1e4"
  })
  void aBatchOfOneTells(String name, double prediction, double expected) {
    double target = name.equals("soft_margin") || name.endsWith("logits") ? 1 : 0;
    LossResult result = evaluate(CATALOG.loss(name), target, prediction);
    assertEquals(expected, result.value(), 1e-13 * Math.abs(expected));
    assertTrue(Double.isFinite(result.gradient("y_pred").get(0)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-6, 1e-8})
  void deviancesKeepTheirDigitsWherePredictionAndTargetAreClose(double difference) {
    // Their series: gamma d^2 - 4/3 d^3, Poisson m d^2, each relative to the difference.
    double gamma = evaluate(CATALOG.loss("gamma_deviance"), 1 + difference, 1).value();
    double d = (1 + difference) - 1;
    double series = d * d * (1 - d * (2.0 / 3 - d * (0.5 - d * (0.4 - d / 3))));
    assertEquals(series, gamma, 1e-13 * series);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-20, 1e-300})
  void deviancesOfTinyTargetsAreFinite(double target) {
    assertEquals(
        2 * (target - 1 - Math.log(target)),
        evaluate(CATALOG.loss("gamma_deviance"), target, 1).value(),
        1e-12);
    assertEquals(
        2,
        evaluate(CATALOG.loss("tweedie_deviance", Map.of("power", 1.0)), target, 1)
            .value(),
        1e-12);
  }

  @Test
  void aFocalLossOfARightCertaintyHasAFiniteGradientWhateverGamma() {
    for (double gamma : new double[] {0, 0.3, 1, 2}) {
      Loss loss = CATALOG.loss("binary_focal_crossentropy", Map.of("gamma", gamma));
      assertTrue(Double.isFinite(evaluate(loss, 1, 1).gradient("y_pred").get(0)), "gamma " + gamma);
      assertTrue(Double.isFinite(evaluate(loss, 0, 0).gradient("y_pred").get(0)), "gamma " + gamma);
    }
  }

  @ParameterizedTest
  @CsvSource({"1.1, 0.0062637", "1.001, 0.0098881", "2.001, 9.823e-5", "1.5, 9.901e-4"})
  void tweedieDeviancesKeepTheirDigitsInFloat32(double power, double expected) {
    double value = CATALOG
        .loss("tweedie_deviance", Map.of("power", power))
        .evaluate(LossInputs.of(new float[] {100}, new float[] {101}))
        .value();
    assertEquals(expected, value, 1e-4 * expected);
  }

  @ParameterizedTest
  @CsvSource({
    "tukey_biweight, 0, NaN",
    "hinge_embedding, NaN, 0.5",
    "huber, 0, NaN",
    "cauchy, 0, NaN"
  })
  void nanIsNotTakenForAnOutlierOrALabel(String name, double target, double prediction) {
    assertTrue(Double.isNaN(evaluate(CATALOG.loss(name), target, prediction).value()));
  }

  @ParameterizedTest
  @CsvSource({"0.01, 100", "0.05, 20", "0.5, 2"})
  void aProbabilityOfZeroCostsOneOverQ(double q, double expected) {
    LossInputs inputs =
        LossInputs.of(Tensor.of(new double[] {0}, 1), Tensor.of(new double[] {0, 1}, 1, 2));
    Loss loss = CATALOG.loss("categorical_generalized_cross_entropy", Map.of("q", q));
    assertEquals(expected, loss.evaluate(inputs).value(), 1e-12 * expected);
  }

  @Test
  void aCosineOfLongRowsIsFinite() {
    Tensor row = Tensor.of(new float[] {1e20f, 1e20f}, 1, 2);
    LossInputs inputs = LossInputs.named(
        Map.of("input1", row, "input2", row, "y_true", Tensor.of(new float[] {1}, 1)));
    assertEquals(0, CATALOG.loss("cosine_embedding").evaluate(inputs).value(), 1e-6);
  }

  @Test
  void aFocalLossOfTinyProbabilitiesHasAFiniteGradient() {
    Loss loss =
        CATALOG.loss("binary_focal_crossentropy", Map.of("gamma", 0.1, "from_logits", true));
    LossResult result = loss.evaluate(
        LossInputs.of(new float[] {1}, new float[] {103}), Reduction.SUM, Gradients.COMPUTE);
    assertTrue(Double.isFinite(result.gradient("y_pred").get(0)));
  }

  @Test
  void aVarianceBelowEpsStillLearns() {
    LossInputs inputs = LossInputs.named(Map.of(
        "y_true", Tensor.of(new double[] {0}, 1),
        "y_pred", Tensor.of(new double[] {0}, 1),
        "variance", Tensor.of(new double[] {0}, 1)));
    LossResult result = CATALOG
        .loss("gaussian_nll", Map.of("eps", 0.25))
        .evaluate(inputs, Reduction.SUM, Gradients.COMPUTE);
    assertEquals(Math.log(0.25) / 2, result.value(), 1e-15);
    assertEquals(2, result.gradient("variance").get(0), 1e-15);
  }

  @Test
  void aProbabilityOfZeroIsPushedUp() {
    LossResult result = CATALOG
        .loss("categorical_generalized_cross_entropy")
        .evaluate(
            LossInputs.of(Tensor.of(new double[] {1}, 1), Tensor.of(new double[] {1, 0}, 1, 2)),
            Reduction.SUM,
            Gradients.COMPUTE);
    assertEquals(2, result.value(), 1e-15);
    double slope = result.gradient("y_pred").get(1);
    assertTrue(slope < 0 && Double.isFinite(slope), "" + slope);
  }

  @Test
  void logLossReadsThreeFormsOfLabels() {
    Loss loss = CATALOG.loss("log_loss");
    Tensor rows = Tensor.of(new double[] {2, 1, 1, 1, 2, 1}, 2, 3);
    Tensor probabilities = Tensor.of(new double[] {0.5, 0.25, 0.25, 0.25, 0.5, 0.25}, 2, 3);
    double expected = -Math.log(0.5);
    LossInputs byIndex = LossInputs.of(Tensor.of(new double[] {0, 1}, 2), probabilities);
    LossInputs byRow =
        LossInputs.of(Tensor.of(new double[] {1, 0, 0, 0, 1, 0}, 2, 3), probabilities);
    assertEquals(expected, loss.evaluate(byIndex).value(), 1e-15);
    assertEquals(expected, loss.evaluate(byRow).value(), 1e-15);
    assertEquals(
        expected,
        loss.evaluate(LossInputs.of(new double[] {1, 0}, new double[] {0.5, 0.5}))
            .value(),
        1e-15);
    assertThrows(LossException.class, () -> loss.evaluate(LossInputs.of(rows, rows)));
  }

  @Test
  void logLossClipsByTheEpsilonOfTheDtype() {
    Loss loss = CATALOG.loss("log_loss");
    assertEquals(
        -Math.log(Math.ulp(1.0)),
        loss.evaluate(LossInputs.of(new double[] {1}, new double[] {0})).value(),
        1e-13);
    assertEquals(
        -Math.log(Math.ulp(1f)),
        loss.evaluate(LossInputs.of(new float[] {1}, new float[] {0})).value(),
        1e-5);
  }

  @Test
  void crossEntropyOfOneHotRowsIsThatOfTheirIndices() {
    Loss loss = CATALOG.loss("cross_entropy");
    Tensor logits = Tensor.of(new double[] {1, -2, 0.5, 3, 1000, -1000}, 2, 3);
    LossResult byIndex = loss.evaluate(
        LossInputs.of(Tensor.of(new double[] {2, 1}, 2), logits),
        Reduction.MEAN,
        Gradients.COMPUTE);
    LossResult byRow = loss.evaluate(
        LossInputs.of(Tensor.of(new double[] {0, 0, 1, 0, 1, 0}, 2, 3), logits),
        Reduction.MEAN,
        Gradients.COMPUTE);
    assertEquals(byIndex.value(), byRow.value(), 1e-15);
    assertArrayEquals(
        byIndex.gradient("y_pred").doubles(), byRow.gradient("y_pred").doubles(), 1e-15);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1e-17", "0, 0, 1e-17", "1, 1, 0.01"})
  void aLogLossOfARightCertaintyIsWhatItsEpsilonLeaves(double target, double p, double eps) {
    Loss loss = CATALOG.loss("log_loss", Map.of("eps", eps));
    assertEquals(-Math.log1p(-eps), evaluate(loss, target, p).value(), 1e-15);
    LossResult float32 = loss.evaluate(
        LossInputs.of(new float[] {(float) target}, new float[] {(float) p}),
        Reduction.MEAN,
        Gradients.COMPUTE);
    assertEquals(-Math.log1p(-eps), float32.value(), 1e-7);
    assertTrue(Double.isFinite(float32.gradient("y_pred").get(0)));
  }

  @ParameterizedTest
  @CsvSource({"-2, 1e10", "5, 1e-13", "1.5, 1e30"})
  void theDevianceOfARightPredictionIsZeroHoweverLargeItsPowers(double power, float both) {
    LossResult result = CATALOG
        .loss("tweedie_deviance", Map.of("power", power))
        .evaluate(LossInputs.of(new float[] {both}, new float[] {both}));
    assertEquals(0, result.value());
  }

  @ParameterizedTest
  @CsvSource({"1e160, 0, 0", "1e160, 1, 0.5", "1e-160, 0, 0"})
  void aScaleWhoseSquareIsBeyondTheRangeDoesNoHarm(double scale, double error, double expected) {
    Loss cauchy = CATALOG.loss("cauchy", Map.of("scale", scale));
    assertEquals(expected, evaluate(cauchy, 0, error).value(), 1e-15);
  }

  @Test
  void aCountOfZeroCostsNoLogarithm() {
    Loss loss = CATALOG.loss("poisson_nll", Map.of("log_input", false, "eps", 0.0));
    assertEquals(0, evaluate(loss, 0, 0).value());
  }

  @Test
  void aParameterThatFloat32CannotHoldIsNamed() {
    Loss loss = CATALOG.loss("pseudo_huber", Map.of("delta", 1e-50));
    LossException refused = assertThrows(
        LossException.class, () -> loss.evaluate(LossInputs.of(new float[] {1}, new float[] {1})));
    assertEquals(
        "/parameters/delta: in float32, 1.0E-50 is 0.0; use float64 inputs", refused.getMessage());
    assertEquals(0, evaluate(loss, 1, 1).value());
  }

  @ParameterizedTest
  @CsvSource({
    "binary_crossentropy, Infinity, 1, 0",
    "binary_crossentropy, -Infinity, 0, 0",
    "binary_crossentropy, Infinity, 0, Infinity",
    "binary_crossentropy, -Infinity, 1, Infinity",
    "binary_cross_entropy_with_logits, Infinity, 1, 0",
    "binary_cross_entropy_with_logits, -Infinity, 0, 0",
    "binary_cross_entropy_with_logits, -Infinity, 1, Infinity",
  })
  void anInfiniteLogitIsACertainty(String name, double logit, double target, double expected) {
    Map<String, Object> parameters = name.equals("binary_crossentropy")
        ? Map.of("from_logits", true)
        : Map.of("pos_weight", List.of(2.0));
    assertEquals(
        expected, evaluate(CATALOG.loss(name, parameters), target, logit).value());
    if (name.endsWith("logits")) {
      assertEquals(expected, evaluate(CATALOG.loss(name), target, logit).value());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"categorical_crossentropy", "cross_entropy", "categorical_focal_crossentropy"})
  void aClassThatNobodyExpectsMayHaveTheLogitMinusInfinity(String name) {
    Loss loss =
        CATALOG.loss(name, name.equals("cross_entropy") ? Map.of() : Map.of("from_logits", true));
    LossResult result = loss.evaluate(
        LossInputs.of(
            Tensor.of(new double[] {1, 0, 0}, 1, 3),
            Tensor.of(new double[] {0, 0, Double.NEGATIVE_INFINITY}, 1, 3)),
        Reduction.SUM,
        Gradients.COMPUTE);
    assertTrue(Double.isFinite(result.value()), "" + result.value());
    assertEquals(0, result.gradient("y_pred").get(2));
    assertTrue(Double.isFinite(result.gradient("y_pred").get(0)));
  }

  @Test
  void labelsThatTheDtypeCannotTellApartAreRefused() {
    Tensor rows = Tensor.of(new float[] {1, 0, 0, 1}, 2, 2);
    LossInputs inputs = LossInputs.of(Tensor.of(new float[] {16777216f, 16777218f}, 2), rows);
    LossException refused =
        assertThrows(LossException.class, () -> CATALOG.loss("triplet_semihard").evaluate(inputs));
    assertTrue(
        refused.getMessage().contains("an integer from 0 to 16777215"), refused.getMessage());
  }

  private static LossResult evaluate(Loss loss, double target, double prediction) {
    return loss.evaluate(
        LossInputs.of(new double[] {target}, new double[] {prediction}),
        Reduction.SUM,
        Gradients.COMPUTE);
  }
}
