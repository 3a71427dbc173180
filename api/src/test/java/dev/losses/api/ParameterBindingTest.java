package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.engine.Violation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterBindingTest {
  private static final LossDefinition EVERY_TYPE =
      LossDefinition.of(new EveryType(), new LossSource("test", "0", "sha256:0"));

  @Test
  void leftOutParametersHaveTheirDefaults() {
    Map<String, Object> parameters = bind(Map.of());
    assertEquals(
        List.of(
            "scale",
            "steps",
            "from_logits",
            "label",
            "mode",
            "weight",
            "axes",
            "eps",
            "ignore_index",
            "class_weight"),
        List.copyOf(parameters.keySet()));
    assertEquals(1.0, parameters.get("scale"));
    assertEquals("plain", parameters.get("mode"));
    assertNull(parameters.get("eps"));
    assertThrows(UnsupportedOperationException.class, () -> parameters.put("scale", 2.0));
  }

  @Test
  void everyKindOfNumberIsTaken() {
    for (Number two : List.of(2, 2L, 2.0, 2f, BigInteger.TWO, new BigDecimal("2.00"))) {
      Map<String, Object> parameters =
          bind(Map.of("scale", two, "steps", two, "eps", two, "ignore_index", two));
      assertEquals(2.0, parameters.get("scale"));
      assertEquals(2, parameters.get("steps"));
      assertEquals(2.0, parameters.get("eps"));
      assertEquals(2, parameters.get("ignore_index"));
    }
  }

  @Test
  void aSingleNumberIsAListOfOne() {
    Map<String, Object> parameters = bind(Map.of("weight", 1, "axes", List.of(0, 1.0)));
    assertEquals(List.of(1.0), parameters.get("weight"));
    assertEquals(List.of(0, 1), parameters.get("axes"));
  }

  @Test
  void anEnumIsFoundByItsWireWord() {
    assertEquals("squared-L2", bind(Map.of("mode", "squared-L2")).get("mode"));
    assertViolation(
        "mode", "SQUARED", "/parameters/mode", "must be one of plain, squared-L2, got 'SQUARED'");
  }

  @Test
  void nullIsAValueOnlyWhereTheParameterSaysSo() {
    assertNull(bind(Collections.singletonMap("class_weight", null)).get("class_weight"));
    assertViolation("scale", null, "/parameters/scale", "must be a number, got null");
    assertViolation(
        "weight", null, "/parameters/weight", "must be a number or a list of them, got null");
    assertViolation("label", null, "/parameters/label", "must be a string, got null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scale | -1 | must be > 0, got -1",
        "scale | 1e400 | must be a finite number, got 1E+400",
        "steps | 0 | must be >= 1, got 0",
        "steps | 2.5 | must be a whole number of at most 32 bits, got 2.5",
        "steps | 3000000000 | must be a whole number of at most 32 bits, got 3000000000",
        "weight | 1.5 | must be in [0, 1], got 1.5",
      })
  void aNumberOutOfRangeIsToldTheRange(String name, BigDecimal value, String message) {
    assertViolation(name, value, "/parameters/" + name, message);
  }

  @Test
  void aValueOfTheWrongTypeIsToldTheRightOne() {
    assertViolation("scale", "1", "/parameters/scale", "must be a number, got '1'");
    assertViolation("scale", Double.NaN, "/parameters/scale", "must be a finite number, got NaN");
    assertViolation("from_logits", 1, "/parameters/from_logits", "must be true or false, got 1");
    assertViolation("label", 1, "/parameters/label", "must be a string, got 1");
    assertViolation(
        "steps", List.of(1), "/parameters/steps", "must be a whole number, got a list of 1");
    assertViolation("scale", Map.of(), "/parameters/scale", "must be a number, got an object");
    assertViolation(
        "weight", List.of(), "/parameters/weight", "must have at least one item, got a list of 0");
  }

  @Test
  void anItemOfAListIsPointedAt() {
    assertViolation(
        "weight", Arrays.asList(0.5, 1, 2), "/parameters/weight/2", "must be in [0, 1], got 2");
    assertViolation(
        "weight", Arrays.asList(0.5, null), "/parameters/weight/1", "must be a number, got null");
  }

  @Test
  void anUnknownNameIsToldWhichMayBeMeant() {
    assertViolation(
        "fromLogits",
        true,
        "/parameters/fromLogits",
        "is not a parameter of this loss; did you mean from_logits?");
    assertViolation(
        "a/b~c",
        true,
        "/parameters/a~1b~0c",
        "is not a parameter of this loss, which has "
            + String.join(", ", EVERY_TYPE.parameters().names()));
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("scal", 1);
    values.put("scale", -1);
    values.put("steps", 0.5);
    assertEquals(
        List.of("/parameters/scal", "/parameters/scale", "/parameters/steps"),
        violations(values).stream().map(Violation::pointer).toList());
  }

  @Test
  void aRuleOfTheRecordIsToldOfTheParameterItNames() {
    assertEquals(
        List.of(new Violation("/parameters", "scale and steps must not both be > 100")),
        violations(Map.of("scale", 101, "steps", 101)));
    assertEquals(
        "/parameters/axis",
        assertThrows(
                LossException.class,
                () -> LossCatalog.load().loss("cosine_similarity", Map.of("axis", 1)))
            .violations()
            .get(0)
            .pointer());
  }

  @Test
  void aFailureOfTheRecordsConstructorIsTheLosssFaultAndKeepsNoThrowable() {
    LossException e = assertThrows(LossException.class, () -> bind(Map.of("label", "broken")));
    assertEquals(LossErrorCode.LOSS_FAILURE, e.code());
    assertTrue(e.getMessage().contains("out of order"));
    assertNull(e.getCause());
  }

  @Property(seed = "1")
  void anyPositiveScaleIsBoundAsItIs(@ForAll @Positive double scale) {
    assertEquals(scale, bind(Map.of("scale", scale)).get("scale"));
  }

  @Property(seed = "1")
  void whatWasBoundBindsAgainToTheSame(
      @ForAll @Positive double scale, @ForAll boolean fromLogits, @ForAll int index) {
    Map<String, Object> bound =
        bind(Map.of("scale", scale, "from_logits", fromLogits, "ignore_index", index));
    assertEquals(bound, bind(bound));
  }

  private static Map<String, Object> bind(Map<String, ?> values) {
    return EVERY_TYPE.bind(values, evaluation -> {}).parameters();
  }

  private static List<Violation> violations(Map<String, ?> values) {
    LossException e = assertThrows(LossException.class, () -> bind(values));
    assertEquals(LossErrorCode.INVALID_PARAMETERS, e.code());
    return e.violations();
  }

  private static void assertViolation(String name, Object value, String pointer, String message) {
    assertEquals(
        List.of(new Violation(pointer, message)),
        violations(Collections.singletonMap(name, value)));
  }
}
