package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.spi.Description;
import dev.losses.spi.Expr;
import dev.losses.spi.Family;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossFunction;
import dev.losses.spi.LossName;
import dev.losses.spi.Reference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
  private static final LossCatalog CATALOG = LossCatalog.of(Stream.<LossFunction>of(
          new SquaredError(),
          new KLDivergence(),
          new CrossEntropy(),
          new Brier(),
          new PseudoBrier())
      .map(loss -> LossDefinition.of(loss, new LossSource("test", "0", "none")))
      .toList());

  @LossName(
      value = "mean_squared_error",
      aliases = {"mse", "l2"})
  @Family("regression")
  @Description("Large errors dominate, and so do outliers.")
  public record SquaredError() implements Plain {}

  @LossName("kl_divergence")
  @Family("classification")
  @Description("How far a distribution is from another.")
  @Reference("S. Kullback, R. Leibler, On Information and Sufficiency, 1951")
  public record KLDivergence() implements Plain {}

  @LossName("binary_crossentropy")
  @Family("classification")
  @Description("For yes or no; unlike the Brier score it is unbounded.")
  public record CrossEntropy() implements Plain {}

  @LossName(
      value = "brier",
      aliases = {"brier_score"})
  @Family("classification")
  public record Brier() implements Plain {}

  @LossName("a_pseudo_brier")
  public record PseudoBrier() implements Plain {}

  interface Plain extends FormulaLoss {
    @Override
    default Expr loss(Expr yTrue, Expr yPred) {
      return yPred.minus(yTrue);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mse, mean_squared_error",
    "L2, mean_squared_error",
    "l2 loss, mean_squared_error",
    "MeanSquaredError, mean_squared_error",
    "squared mean, mean_squared_error",
    "KLDivergence, kl_divergence",
    "kl-divergence, kl_divergence",
    "cross entropy, binary_crossentropy",
    "Cross-Entropy Loss, binary_crossentropy",
    "outlier, mean_squared_error",
    "large outliers, mean_squared_error",
    "leibler, kl_divergence",
    "regression, mean_squared_error",
    "brier scores, brier",
    "binary_crosentropi, binary_crossentropy",
  })
  void itFindsWhatIsMeant(String text, String name) {
    assertEquals(name, names(text).get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "log loss, log_loss",
    "huber loss, huber",
    "bce with logits, binary_cross_entropy_with_logits",
    "BCEWithLogitsLoss, binary_cross_entropy_with_logits",
    "SimCLR, info_nce",
    "L2, mean_squared_error",
    "Brier, brier"
  })
  void aBuiltInIsFoundByWhatItIsCalledElsewhere(String text, String name) {
    assertEquals(name, LossCatalog.load().search(text).get(0).name());
  }

  @Test
  void theBestMatchComesFirst() {
    assertEquals(List.of("brier", "a_pseudo_brier", "binary_crossentropy"), names("Brier"));
  }

  @Test
  void nothingIsFoundForNonsenseAndEverythingForNothing() {
    assertEquals(List.of(), names("zzzzzz"));
    assertEquals(5, names(" ").size());
  }

  private static List<String> names(String text) {
    return CATALOG.search(text).stream().map(LossDefinition::name).toList();
  }
}
