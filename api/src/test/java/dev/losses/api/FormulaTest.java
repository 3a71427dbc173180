package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.Between;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
  private static final String T = "y_{\\mathrm{true}}";
  private static final String P = "y_{\\mathrm{pred}}";

  public record Shared() implements FormulaLoss {
    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      Expr sum = yPred.minus(yTrue);
      for (int i = 0; i < 60; i++) {
        sum = sum.plus(sum);
      }
      return sum;
    }
  }

  public record Linear(double alpha) implements FormulaLoss {
    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.times(-2).plus(yTrue.times(-alpha)).plus(alpha / 2);
    }
  }

  public record Unnamed(double alpha) implements FormulaLoss {
    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.times(1 / (alpha * alpha * alpha) * 4);
    }
  }

  public record Choosy(@Between(min = 1, max = 2) double power) implements FormulaLoss {
    public Choosy {
      if (power != 1 && power != 2) {
        throw new IllegalArgumentException("power must be 1 or 2");
      }
    }

    public Choosy() {
      this(2);
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yPred.minus(yTrue).pow(power);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '"',
      value = {
        "mse @ \\left(P - T\\right)^{2}",
        "mae @ \\left|P - T\\right|",
        "huber @ \\begin{cases} \\frac{\\left(P - T\\right)^{2}}{2} & \\text{if } \\left|P - T\\right| \\le \\delta \\\\ "
            + "\\delta \\, \\left(\\left|P - T\\right| - \\frac{\\delta}{2}\\right) & \\text{otherwise} \\end{cases}",
        "contrastive @ T \\, P^{2} + \\left(1 - T\\right) \\, "
            + "\\left(\\max\\left(\\mathrm{margin} - P, 0\\right)\\right)^{2}",
        "scce @ \\ln\\left(1 + \\mathrm{clip}\\left(\\frac{\\sum_{i} \\left(\\begin{cases} 0 & \\text{if } i = T \\\\ "
            + "P & \\text{otherwise} \\end{cases}\\right)}{\\left[P\\right]_{T}}, "
            + "1.0000001000000098 \\cdot 10^{-7}, 9999999.000000002\\right)\\right)",
        "cosine_similarity @ -\\sum_{i} \\frac{T}{\\max\\left(\\left\\|T\\right\\|_{2}, 10^{-7}\\right)} \\, "
            + "\\frac{P}{\\max\\left(\\left\\|P\\right\\|_{2}, 10^{-7}\\right)}",
      })
  void aFormulaNamesItsParameters(String loss, String expected) {
    assertEquals(
        Optional.of(expected.replace("T", T).replace("P", P)),
        LossCatalog.load().definition(loss).formula());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '"',
      value = {
        "mse @ (ŷ − y)²",
        "huber @ ½ (ŷ − y)² where |ŷ − y| ≤ delta, else delta · (|ŷ − y| − ½ delta)",
        "contrastive @ y · ŷ² + (1 − y) · max(margin − ŷ, 0)²",
        "scce @ ln(1 + clip((Σᵢ (0 where i = y, else ŷ)) / ŷ[y], 1.0000001000000098 · 10⁻⁷, 9999999.000000002))",
        "cosine_similarity @ −Σᵢ y / max(‖y‖₂, 10⁻⁷) · ŷ / max(‖ŷ‖₂, 10⁻⁷)",
      })
  void withoutTypesettingItIsALineOfUnicode(String loss, String expected) {
    assertEquals(
        Optional.of(expected),
        LossCatalog.load().definition(loss).formula(FormulaStyle.UNICODE, Map.of()));
  }

  @Test
  void aParameterThatIsChosenHasItsValue() {
    LossDefinition scce = LossCatalog.load().definition("scce");
    assertEquals(
        Optional.of("−ln softmax(ŷ)[y]"),
        scce.formula(FormulaStyle.UNICODE, Map.of("from_logits", true)));
    assertEquals(List.of(Map.of("from_logits", true)), scce.variants());
    assertEquals(
        Optional.of("−2 ŷ − 0.5 y + 0.25"),
        definition(new Linear(1)).formula(FormulaStyle.UNICODE, Map.of("alpha", 0.5)));
  }

  @Test
  void aFunctionOfAParameterThatHasNoNameShowsTheDefault() {
    assertEquals(Optional.of("0.5 \\, " + P), formula(new Unnamed(2)));
  }

  @Test
  void smoothingIsNamedThoughItsDefaultIsNone() {
    String formula = LossCatalog.load().definition("cce").formula().orElseThrow();
    assertTrue(
        formula.contains("\\left(1 - \\mathrm{label\\_smoothing}\\right) \\, " + T), formula);
    assertTrue(formula.contains("\\frac{\\mathrm{label\\_smoothing}}{C}"), formula);
  }

  @Test
  void aFormulaTooLongToReadIsLeftOut() {
    assertEquals(Optional.empty(), formula(new Shared()));
  }

  @Test
  void aRecordThatRefusesUnlikelyNumbersShowsItsDefaults() {
    assertEquals(Optional.of("\\left(" + P + " - " + T + "\\right)^{2}"), formula(new Choosy()));
  }

  @Test
  void constantsComeFirstAndNegativeOnesAreSubtracted() {
    assertEquals(
        Optional.of("-2 \\, " + P + " - \\alpha \\, " + T + " + \\frac{\\alpha}{2}"),
        formula(new Linear(1)));
  }

  @Test
  void anInfiniteConstantIsInfinite() {
    String formula = LossCatalog.load()
        .definition("kl_div")
        .formula(FormulaStyle.UNICODE, Map.of("log_target", true))
        .orElseThrow();
    assertTrue(formula.contains("y = −∞"), formula);
  }

  private static Optional<String> formula(FormulaLoss loss) {
    return definition(loss).formula();
  }

  private static LossDefinition definition(FormulaLoss loss) {
    return LossDefinition.of(loss, new LossSource("test", "0", "sha256:0"));
  }
}
