package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.LossFunction;
import dev.losses.spi.LossName;
import dev.losses.spi.Positive;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossDefinitionTest {
  private static final LossSource SOURCE = new LossSource("test", "0", "sha256:0");

  /** What the losses here compute does not matter. */
  private interface Any extends FormulaLoss {
    @Override
    default Expr loss(Expr yTrue, Expr yPred) {
      return yPred.minus(yTrue);
    }
  }

  public record KLDivergence() implements Any {}

  public static final class NotARecord implements Any {}

  record NotPublic() implements Any {}

  public record Unsupported(long steps) implements Any {}

  public record UnsupportedList(List<String> words) implements Any {}

  public record BadDefault(@Positive double scale) implements Any {}

  public record NotANumber(@Positive String scale) implements Any {}

  @LossName("Bad-Name")
  public record BadName() implements Any {}

  @LossName("ill_formed")
  public record IllFormed() implements FormulaLoss {
    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      throw new IllegalArgumentException("norm needs p >= 1");
    }
  }

  @LossName("mse")
  public record Clash() implements Any {}

  @Test
  void aRecordWithoutANameIsCalledAfterItsClass() {
    LossDefinition definition = LossDefinition.of(new KLDivergence(), SOURCE);
    assertEquals("kl_divergence", definition.name());
    assertEquals("custom", definition.family());
    assertEquals("kl_divergence@0#sha256:0", definition.toString());
  }

  @Test
  void theAuthorIsToldWhatToChange() {
    assertRefused(new NotARecord(), "declare it as a public record");
    assertRefused(new NotPublic(), "NotPublic is not public");
    assertRefused(new Unsupported(1), "'steps': a parameter is a double, int, boolean");
    assertRefused(new UnsupportedList(List.of()), "this is a java.util.List<java.lang.String>");
    assertRefused(new BadDefault(0), "must be > 0, got 0.0");
    assertRefused(new NotANumber("x"), "only numbers can be limited to a range");
    assertRefused(new BadName(), "'Bad-Name' is not a valid loss name");
  }

  @Test
  void anIllFormedFormulaIsRefusedAtOnce() {
    assertRefused(new IllFormed(), "norm needs p >= 1");
  }

  @Test
  void twoLossesOfOneNameAreRefused() {
    List<LossDefinition> clashing = List.of(
        LossCatalog.load().definition("mean_squared_error"),
        LossDefinition.of(new Clash(), SOURCE));
    LossException e = assertThrows(LossException.class, () -> LossCatalog.of(clashing));
    assertEquals("The name 'mse' is claimed by losses-builtin and by test", e.getMessage());
  }

  private static void assertRefused(LossFunction loss, String reason) {
    LossException e = assertThrows(LossException.class, () -> LossDefinition.of(loss, SOURCE));
    assertEquals(LossErrorCode.INVALID_DEFINITION, e.code());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }
}
