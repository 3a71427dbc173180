package dev.losses.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.LossCatalog;
import dev.losses.engine.Reduction;
import dev.losses.engine.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextFieldsTest {
  private final RequestDraft draft =
      new RequestDraft(Expected.of(LossCatalog.load().definition("huber")));

  @Test
  void optionsAreTakenByTheirWords() {
    assertTrue(TextFields.take(draft, "reduction", "sum"));
    assertTrue(TextFields.take(draft, "gradient", "true"));
    assertTrue(TextFields.take(draft, "version", "1.0.0"));
    EvaluationRequest request = draft.toRequest();
    assertEquals(Reduction.SUM, request.reduction());
    assertTrue(request.gradient());
    assertEquals("1.0.0", request.version());
    assertEquals(List.of(), request.violations());
  }

  @Test
  void aWordThatDoesNotExistIsRefusedWithThoseThatDo() {
    TextFields.take(draft, "reduction", "average");
    Violation violation = draft.toRequest().violations().get(0);
    assertEquals("/reduction", violation.pointer());
    assertTrue(violation.message().contains("mean_with_sample_weight"), violation.message());
  }

  @Test
  void aParameterIsReadAsItsTypeSays() {
    assertTrue(TextFields.take(draft, "delta", "2"));
    assertEquals(Map.of("delta", 2L), draft.toRequest().parameters());
  }

  @Test
  void aNumberMayBeginWithItsPoint() {
    TextFields.take(draft, "delta", ".5");
    assertEquals(0.5, draft.toRequest().parameters().get("delta"));
  }

  @Test
  void textThatIsNoNumberIsLeftForTheParameterToRefuse() {
    for (String text : List.of("NaN", "1d", "0x1p3", " 1", "1e999", "", "1,2")) {
      RequestDraft each = new RequestDraft(draft.expected());
      TextFields.take(each, "delta", text);
      assertEquals(text, each.toRequest().parameters().get("delta"));
    }
  }

  @Test
  void aListMayDoWithoutBrackets() {
    Expected expected = Expected.of(LossCatalog.load().definition("dice"));
    for (String text : List.of("1,2", "[1, 2]")) {
      RequestDraft each = new RequestDraft(expected);
      TextFields.take(each, "axis", text);
      assertEquals(List.of(1L, 2L), each.toRequest().parameters().get("axis"), text);
    }
  }

  @Test
  void whatTheLossDoesNotHaveIsNotTaken() {
    assertFalse(TextFields.take(draft, "margin", "1"));
  }
}
