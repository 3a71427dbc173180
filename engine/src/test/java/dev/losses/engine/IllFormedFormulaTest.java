package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.Domain;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import dev.losses.spi.Input;
import dev.losses.spi.LossFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an author gets to read when a formula cannot be one. */
class IllFormedFormulaTest {

  @Test
  void anUndeclaredInputIsNamedTogetherWithTheDeclaredOnes() {
    assertRefused(
        "The loss uses the input 'anchor' but declares only [y_true, y_pred]",
        Evaluations.loss(Input.PAIR, in -> in.get("anchor")));
  }

  @Test
  void countedAsStandsOnlyAtTheRoot() {
    FormulaLoss loss = (t, p) -> p.countedAs(t).times(2);
    assertRefused("countedAs stands only at the root of a formula", loss);
  }

  @Test
  void anIndexIsOneForEachRow() {
    FormulaLoss loss = (t, p) -> p.at(t);
    assertRefused("declare the input with perRow()", loss);
  }

  @Test
  void aFormulaNeedsAnInputPerElement() {
    assertRefused(
        "at least one input with a value per element",
        Evaluations.loss(
            List.of(Input.of("y_pred", Domain.REAL).perRow()), in -> in.get("y_pred")));
  }

  @Test
  void whatTheFormulaThrowsIsReported() {
    FormulaLoss loss = (t, p) -> {
      throw new ArithmeticException("no");
    };
    assertRefused("no (ArithmeticException)", loss);
  }

  @Test
  void aFormulaThatIsNullIsCalledThat() {
    FormulaLoss loss = (t, p) -> null;
    assertRefused("loss(...) returned null", loss);
  }

  @Test
  void aVeryDeepFormulaIsComputed() {
    FormulaLoss loss = (t, p) -> {
      Expr value = p;
      for (int i = 0; i < 3000; i++) {
        value = value.plus(1);
      }
      return value;
    };
    LossResult result = Evaluator.of(loss)
        .evaluate(
            LossInputs.of(new double[] {0}, new double[] {5}), Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(3005, result.value());
    assertEquals(1, result.gradient("y_pred").get(0));
  }

  private static void assertRefused(String message, LossFunction loss) {
    LossFunctionException e = assertThrows(LossFunctionException.class, () -> Evaluator.of(loss));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
