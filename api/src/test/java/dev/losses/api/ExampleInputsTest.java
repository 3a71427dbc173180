package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExampleInputsTest {

  @Property(seed = "1")
  void everyValueLiesInItsDomainAndReadsWell(
      @ForAll Domain domain,
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int columns,
      @ForAll long seed) {
    Tensor tensor =
        ExampleInputs.of(List.of(Input.of("x", domain)), rows, columns, seed).get("x");
    assertArrayEquals(new int[] {rows, columns}, tensor.shape());
    for (double value : tensor.doubles()) {
      assertTrue(Double.toString(value).length() <= 5, "" + value);
      switch (domain) {
        case PROBABILITY -> assertTrue(value >= 0.05 && value <= 0.95, "" + value);
        case DISTANCE, POSITIVE -> assertTrue(value > 0, "" + value);
        case CLASS_INDEX ->
          assertTrue(value >= 0 && value < columns && value == Math.rint(value), "" + value);
        case SIGN, HINGE_LABEL -> assertEquals(1, Math.abs(value));
        default -> assertTrue(Math.abs(value) <= 2, "" + value);
      }
    }
  }

  @Property(seed = "1")
  void differentiableInputsNeverTie(@ForAll long seed) {
    List<Input> inputs = List.of(
        Input.of("a", Domain.REAL), Input.of("b", Domain.REAL), Input.of("y_true", Domain.REAL));
    Map<String, Tensor> tensors = ExampleInputs.of(inputs, 4, 3, seed);
    for (int i = 0; i < 12; i++) {
      double a = tensors.get("a").get(i);
      double b = tensors.get("b").get(i);
      double t = tensors.get("y_true").get(i);
      assertTrue(a != b && a != t && b != t && Math.abs(a - t) != 1);
    }
  }

  @Test
  void theSameSeedGivesTheSameInputs() {
    List<Input> inputs = Input.pair(Domain.REAL, Domain.PROBABILITY);
    assertArrayEquals(
        ExampleInputs.of(inputs, 3, 2, 7).get("y_pred").doubles(),
        ExampleInputs.of(inputs, 3, 2, 7).get("y_pred").doubles());
  }

  @Test
  void everyLabelPerRowRecurs() {
    Tensor labels = ExampleInputs.of(
            List.of(Input.of("y_true", Domain.CLASS_INDEX).perRow()), 6, 5, 1)
        .get("y_true");
    assertArrayEquals(new int[] {6}, labels.shape());
    for (double label : labels.doubles()) {
      assertTrue(Arrays.stream(labels.doubles()).filter(other -> other == label).count() >= 2);
    }
  }

  @Test
  void aOneHotRowHasASingleOne() {
    Tensor rows =
        ExampleInputs.of(List.of(Input.of("y_true", Domain.ONE_HOT)), 2, 3, 1).get("y_true");
    assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0}, rows.doubles());
  }

  @Property(seed = "1")
  void anInputWithAShapeOfItsOwnHasItsExampleAxes(
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int columns) {
    List<Input> inputs = List.of(
        Input.of("y_true", Domain.CLASS_INDEX).free(2),
        Input.of("y_pred", Domain.LOGIT).free(4, 3),
        Input.of("similarity", Domain.REAL).free(Input.BATCH),
        Input.of("plain", Domain.REAL).free());
    Map<String, Tensor> tensors = ExampleInputs.of(inputs, rows, columns, 1);
    assertArrayEquals(new int[] {rows, 2}, tensors.get("y_true").shape());
    assertArrayEquals(new int[] {rows, 4, 3}, tensors.get("y_pred").shape());
    assertArrayEquals(new int[] {rows, rows}, tensors.get("similarity").shape());
    assertArrayEquals(new int[] {rows, columns}, tensors.get("plain").shape());
    int classes = Math.min(3, Math.min(rows, columns));
    for (double label : tensors.get("y_true").doubles()) {
      assertTrue(label < classes && (label > 0 || classes == 1), label + " of " + classes);
    }
  }

  @Test
  void aListOfClassesThatMayEndEnds() {
    Input input = Input.of("y_true", Domain.CLASS_INDEX).except(-1);
    assertArrayEquals(
        new double[] {0, 1, -1, 1, 2, -1},
        ExampleInputs.of(List.of(input), 2, 3, 1).get("y_true").doubles());
  }

  @Test
  void noRowsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ExampleInputs.of(Input.PAIR, 0, 3, 1));
  }
}
