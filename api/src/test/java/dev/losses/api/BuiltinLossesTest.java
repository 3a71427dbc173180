package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.engine.Violation;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the losses of the catalogue promise beyond the reference cases. */
class BuiltinLossesTest {
  private static final LossCatalog CATALOG = LossCatalog.load();

  @TestFactory
  Stream<DynamicTest> everyGradientAgreesWithFiniteDifferences() {
    return CATALOG.definitions().stream()
        .map(definition -> dynamicTest(definition.name(), () -> {
          Map<String, Tensor> inputs = ExampleInputs.of(definition.inputs(), 4, 3, 1);
          assertEquals(
              List.of(), GradientCheck.disagreements(CATALOG.loss(definition.name()), inputs));
        }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nll", "cross_entropy", "multi_margin", "multilabel_soft_margin"})
  void aClassWeightForSomeOtherNumberOfClassesIsRefusedByItsName(String name) {
    Loss loss = CATALOG.loss(name, Map.of("weight", List.of(1.0, 2.0)));
    Map<String, Tensor> inputs = ExampleInputs.of(loss.inputs(), 4, 3, 1);
    LossException e =
        assertThrows(LossException.class, () -> loss.evaluate(LossInputs.named(inputs)));
    assertEquals(
        List.of(
            new Violation(
                "/parameters/weight",
                "weight has 2 values [1.0, 2.0], but the last axis has size 3: give one value for each of its positions, or a single one for all")),
        e.violations());
  }

  @Test
  void aLabelThatIsRefusedLearnsWhichOneIsIgnored() {
    LossException e = assertThrows(
        LossException.class,
        () -> CATALOG
            .loss("nll")
            .evaluate(LossInputs.of(
                Tensor.of(new double[] {-1}, 1), Tensor.of(new double[] {0, 0, 0}, 1, 3))));
    assertEquals(
        List.of(new Violation(
            "/y_true/0", "y_true must be a class index: an integer from 0 to 2, or -100, got -1")),
        e.violations());
  }

  @Test
  void aLossOfTheWholeBatchSaysThatItTakesNoMask() {
    LossInputs inputs = LossInputs.of(new double[] {0, 1}, new double[] {0.1, 0.8});
    Loss dice = CATALOG.loss("dice");
    assertEquals(
        "/mask: the loss is one number for the whole batch and takes no mask; if it has the parameter axis, set that to "
            + "get a loss for each example",
        assertThrows(
                LossException.class,
                () -> dice.evaluate(inputs.withMask(new boolean[] {true, false})))
            .getMessage());
  }

  @Test
  void aProbabilityThatRoundingHasMovedServesALossOnArraysToo() {
    Loss loss = CATALOG.loss("lovasz_hinge");
    Tensor logits = Tensor.of(new double[] {0.5, -2}, 1, 2);
    Tensor rounded = Tensor.of(new double[] {1 + 5e-7, -1e-7}, 1, 2);
    assertEquals(
        loss.evaluate(LossInputs.of(Tensor.of(new double[] {1, 0}, 1, 2), logits))
            .value(),
        loss.evaluate(LossInputs.of(rounded, logits)).value());
    assertEquals(1 + 5e-7, rounded.get(0));
  }

  @TestFactory
  Stream<DynamicTest> everyGradientFromLogitsAgreesWithFiniteDifferences() {
    return Stream.of(
            "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")
        .map(name -> dynamicTest(name, () -> {
          Loss loss = CATALOG.loss(name, Map.of("from_logits", true));
          Map<String, Tensor> inputs = ExampleInputs.of(loss.inputs(), 4, 3, 2);
          assertEquals(List.of(), GradientCheck.disagreements(loss, inputs));
        }));
  }

  @Test
  void hugeLogitsGiveTheirLimits() {
    Loss logits = CATALOG.loss("bce", Map.of("from_logits", true));
    assertEquals(0, gradientOf(logits, 1, 1e308).value());
    assertEquals(1e308, gradientOf(logits, 0, 1e308).value());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-9, 1e-4, 0.1, 0.7, 1.9999, 2, 2.0001, 5, 30})
  void logCoshKeepsItsDigitsAtEverySizeOfError(double error) {
    // Below 1e-4 the series is exact; above it StrictMath's own functions cancel little.
    double expected = error <= 1e-4
        ? error * error / 2 * (1 - error * error / 6)
        : error < 1
            ? Math.log1p(2 * Math.pow(Math.sinh(error / 2), 2))
            : error + Math.log1p(Math.exp(-2 * error)) - Math.log(2);
    LossResult result = gradientOf(CATALOG.loss("log_cosh"), 0, error);
    assertEquals(expected, result.value(), 8 * Math.ulp(expected));
    assertEquals(
        Math.tanh(error), result.gradient("y_pred").get(0), 8 * Math.ulp(Math.tanh(error)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e4, 1e300})
  void logCoshNeverOverflows(double error) {
    LossResult result = gradientOf(CATALOG.loss("log_cosh"), 0, -error);
    assertEquals(error - Math.log(2), result.value(), Math.ulp(error));
    assertEquals(-1, result.gradient("y_pred").get(0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1000, -20, -1, 0, 1, 20, 1000})
  void theGradientOfALogitIsItsSigmoidMinusTheLabel(double logit) {
    Loss loss = CATALOG.loss("bce", Map.of("from_logits", true));
    for (double label : new double[] {0, 0.25, 1}) {
      LossResult result = gradientOf(loss, label, logit);
      assertTrue(Double.isFinite(result.value()));
      assertEquals(1 / (1 + Math.exp(-logit)) - label, result.gradient("y_pred").get(0), 1e-15);
    }
  }

  @Test
  void aConfidentRightLogitKeepsTheDigitsOfItsSmallLoss() {
    Loss loss = CATALOG.loss("bce", Map.of("from_logits", true));
    double expected = Math.log1p(Math.exp(-30));
    assertEquals(expected, gradientOf(loss, 1, 30).value(), 8 * Math.ulp(expected));
  }

  @Test
  void aRowOfZerosHasNoDirectionAndAFiniteGradient() {
    LossInputs inputs =
        LossInputs.of(Tensor.of(new double[] {1, 2}, 1, 2), Tensor.of(new double[] {0, 0}, 1, 2));
    LossResult result =
        CATALOG.loss("cosine_similarity").evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(0, result.value());
    assertTrue(Double.isFinite(result.gradient("y_pred").get(0)));
  }

  @Test
  void anIgnoredLabelLeavesTheMeanAndNeedsToBeNoClass() {
    Loss loss = CATALOG.loss("scce", Map.of("ignore_class", -1));
    Tensor probabilities = Tensor.of(new double[] {0.5, 0.5, 0.25, 0.75}, 2, 2);
    LossInputs inputs = LossInputs.of(Tensor.of(new double[] {-1, 0}, 2), probabilities);
    assertEquals(-Math.log(0.25), loss.evaluate(inputs).value(), 1e-15);
    LossInputs allIgnored = LossInputs.of(Tensor.of(new double[] {-1, -1}, 2), probabilities);
    assertEquals(0, loss.evaluate(allIgnored).value());
  }

  @Test
  void theLossIsHeardOfByItsListener() {
    List<EvaluationListener.Evaluation> heard = new ArrayList<>();
    CATALOG
        .observedBy(heard::add)
        .loss("mse")
        .evaluate(LossInputs.of(new double[] {1}, new double[] {2}));
    assertEquals("mean_squared_error", heard.get(0).loss().name());
    assertEquals(1, heard.get(0).elements());
  }

  private static LossResult gradientOf(Loss loss, double yTrue, double yPred) {
    return loss.evaluate(
        LossInputs.of(new double[] {yTrue}, new double[] {yPred}),
        Reduction.MEAN,
        Gradients.COMPUTE);
  }
}
