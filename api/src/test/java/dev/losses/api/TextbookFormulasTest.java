package dev.losses.api;

import static java.lang.Math.abs;
import static java.lang.Math.exp;
import static java.lang.Math.log;
import static java.lang.Math.max;
import static java.lang.Math.pow;
import static java.lang.Math.sqrt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Losses of one element equal their formula as a textbook writes it, wherever that keeps its digits. */
class TextbookFormulasTest {
  private static final LossCatalog CATALOG = LossCatalog.load();
  private static final double EPS = 1e-7;

  private record Textbook(
      String name,
      Map<String, Object> parameters,
      DoubleUnaryOperator target,
      DoubleUnaryOperator prediction,
      DoubleBinaryOperator formula) {}

  @TestFactory
  Stream<DynamicTest> everyLossEqualsItsFormula() {
    return formulas()
        .map(each -> dynamicTest(each.name + " " + each.parameters, () -> {
          Loss loss = CATALOG.loss(each.name, each.parameters);
          Random random = new Random(7);
          for (int i = 0; i < 500; i++) {
            double t = each.target.applyAsDouble(random.nextDouble());
            double p = each.prediction.applyAsDouble(random.nextDouble());
            double expected = each.formula.applyAsDouble(t, p);
            LossResult result = loss.evaluate(
                LossInputs.of(new double[] {t}, new double[] {p}),
                Reduction.SUM,
                Gradients.COMPUTE);
            double tolerance = 1e-12 * max(1, abs(expected));
            assertEquals(expected, result.value(), tolerance, "y_true " + t + ", y_pred " + p);
          }
        }));
  }

  private static Stream<Textbook> formulas() {
    DoubleUnaryOperator real = u -> 8 * u - 4;
    DoubleUnaryOperator positive = u -> 0.05 + 3 * u;
    DoubleUnaryOperator probability = u -> u;
    DoubleUnaryOperator label = u -> u < 0.5 ? 0 : 1;
    DoubleUnaryOperator sign = u -> u < 0.5 ? -1 : 1;
    DoubleUnaryOperator count = u -> Math.floor(6 * u);
    return Stream.of(
        of("mape", real, real, (t, p) -> 100 * abs(p - t) / max(abs(t), EPS)),
        of("msle", real, real, (t, p) -> pow(log(max(p, EPS) + 1) - log(max(t, EPS) + 1), 2)),
        of(
            "smooth_l1",
            Map.of("beta", 0.7),
            real,
            real,
            (t, p) -> abs(p - t) < 0.7 ? pow(p - t, 2) / 1.4 : abs(p - t) - 0.35),
        of("smooth_l1", Map.of("beta", 0.0), real, real, (t, p) -> abs(p - t)),
        of(
            "pinball",
            Map.of("quantile", 0.2),
            real,
            real,
            (t, p) -> max(0.2 * (t - p), -0.8 * (t - p))),
        of(
            "pseudo_huber",
            Map.of("delta", 1.5),
            real,
            real,
            (t, p) -> 2.25 * (sqrt(1 + pow((p - t) / 1.5, 2)) - 1)),
        of("cauchy", Map.of("scale", 2.0), real, real, (t, p) -> 2 * log(1 + pow((p - t) / 2, 2))),
        of(
            "tukey_biweight",
            Map.of("c", 2.0),
            real,
            real,
            (t, p) -> abs(p - t) <= 2 ? 4 / 6.0 * (1 - pow(1 - pow((p - t) / 2, 2), 3)) : 4 / 6.0),
        of("poisson", count, positive, (t, p) -> p - t * log(p + EPS)),
        of("poisson_nll", count, real, (t, p) -> exp(p) - t * p),
        of(
            "poisson_nll",
            Map.of("log_input", false, "full", true),
            count,
            positive,
            (t, p) ->
                p - t * log(p + 1e-8) + (t > 1 ? t * log(t) - t + log(2 * Math.PI * t) / 2 : 0)),
        of("tweedie_deviance", real, real, (t, p) -> pow(t - p, 2)),
        of(
            "tweedie_deviance",
            Map.of("power", 1.0),
            count,
            positive,
            (t, p) -> 2 * ((t == 0 ? 0 : t * log(t / p)) - t + p)),
        of(
            "tweedie_deviance",
            Map.of("power", 1.5),
            count,
            positive,
            (t, p) ->
                2 * (pow(t, 0.5) / (-0.5 * 0.5) - t * pow(p, -0.5) / -0.5 + pow(p, 0.5) / 0.5)),
        of(
            "tweedie_deviance",
            Map.of("power", 2.0),
            positive,
            positive,
            (t, p) -> 2 * (log(p / t) + t / p - 1)),
        of(
            "tweedie_deviance",
            Map.of("power", -1.0),
            real,
            positive,
            (t, p) -> 2 * (pow(max(t, 0), 3) / 6 - t * pow(p, 2) / 2 + pow(p, 3) / 3)),
        of("gamma_deviance", positive, positive, (t, p) -> 2 * (log(p / t) + t / p - 1)),
        of("binary_focal_crossentropy", label, probability, (t, p) -> {
          double right = t * p + (1 - t) * (1 - p);
          return pow(1 - right, 2) * bce(t, p);
        }),
        of(
            "binary_focal_crossentropy",
            Map.of("apply_class_balancing", true, "alpha", 0.3, "gamma", 0.5, "from_logits", true),
            label,
            real,
            (t, x) -> {
              double p = 1 / (1 + exp(-x));
              double right = t * p + (1 - t) * (1 - p);
              return (t * 0.3 + (1 - t) * 0.7) * pow(1 - right, 0.5) * bce(t, p);
            }),
        of("binary_cross_entropy", probability, probability, TextbookFormulasTest::bce),
        of(
            "binary_cross_entropy_with_logits",
            Map.of("pos_weight", 3.0),
            probability,
            real,
            (t, x) -> 3 * t * log(1 + exp(-x)) + (1 - t) * log(1 + exp(x))),
        of("soft_margin", sign, real, (t, p) -> log(1 + exp(-t * p))),
        of("kl_div", probability, real, (t, x) -> t * (log(t) - x)),
        of("kl_div", Map.of("log_target", true), real, real, (t, x) -> exp(t) * (t - x)),
        of("log_loss", label, probability, TextbookFormulasTest::bce),
        of("brier", label, probability, (t, p) -> pow(p - t, 2)),
        of("hinge", Map.of("labels", "binary"), label, real, (t, p) -> max(0, 1 - (2 * t - 1) * p)),
        of("hinge", Map.of("labels", "signed"), sign, real, (t, p) -> max(0, 1 - t * p)),
        of("squared_hinge", label, real, (t, p) -> pow(max(0, 1 - (2 * t - 1) * p), 2)),
        of(
            "hinge_embedding",
            Map.of("margin", 2.0),
            sign,
            real,
            (t, p) -> t == 1 ? p : max(0, 2 - p)));
  }

  private static double bce(double t, double p) {
    return -t * log(p) - (1 - t) * log(1 - p);
  }

  private static Textbook of(
      String name,
      DoubleUnaryOperator target,
      DoubleUnaryOperator prediction,
      DoubleBinaryOperator formula) {
    return of(name, Map.of(), target, prediction, formula);
  }

  private static Textbook of(
      String name,
      Map<String, Object> parameters,
      DoubleUnaryOperator target,
      DoubleUnaryOperator prediction,
      DoubleBinaryOperator formula) {
    return new Textbook(name, parameters, target, prediction, formula);
  }
}
