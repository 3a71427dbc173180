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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CTC beside the sum over all its paths, one by one. */
class SequenceLossesTest {
  private static final Loss CTC = LossCatalog.load().loss("ctc");

  @ParameterizedTest
  @CsvSource({"1,2,0", "1,1,0", "2,0,0", "0,0,0", "1,2,1", "2,2,1", "1,1,1"})
  void itIsTheLogarithmOfTheSumOverAllPaths(int first, int second, int third) {
    int steps = 5;
    int classes = 3;
    double[] logits =
        new SplittableRandom(first + 3L * second).doubles(15, -2, 2).toArray();
    List<Integer> labels = new ArrayList<>(List.of(first, second, third));
    labels.removeIf(label -> label == 0);

    double total = 0;
    double[] expected = new double[15];
    for (int code = 0; code < 243; code++) {
      int[] path = new int[steps];
      double probability = 1;
      for (int t = 0, rest = code; t < steps; t++, rest /= classes) {
        path[t] = rest % classes;
        probability *= softmax(logits, t, path[t]);
      }
      if (collapsed(path).equals(labels)) {
        total += probability;
        for (int t = 0; t < steps; t++) {
          expected[t * classes + path[t]] -= probability;
        }
      }
    }
    for (int i = 0; i < 15; i++) {
      expected[i] = total == 0 ? 0 : expected[i] / total + softmax(logits, i / 3, i % 3);
    }

    LossResult result = CTC.evaluate(
        inputs(new double[] {first, second, third}, logits, steps),
        Reduction.MEAN,
        Gradients.COMPUTE);
    assertEquals(-Math.log(total), result.value(), 1e-13);
    assertArrayEquals(expected, result.gradient("y_pred").doubles(), 1e-13);
  }

  private static double softmax(double[] logits, int step, int c) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += Math.exp(logits[3 * step + i]);
    }
    return Math.exp(logits[3 * step + c]) / sum;
  }

  private static List<Integer> collapsed(int[] path) {
    List<Integer> labels = new ArrayList<>();
    for (int t = 0; t < path.length; t++) {
      if (path[t] != 0 && (t == 0 || path[t] != path[t - 1])) {
        labels.add(path[t]);
      }
    }
    return labels;
  }

  @Test
  void whatDoesNotFitIntoTheTimeIsInfiniteWithoutAGradient() {
    for (double[] labels : List.of(new double[] {1, 1}, new double[] {1, 2, 1})) {
      LossResult result =
          CTC.evaluate(inputs(labels, new double[6], 2), Reduction.MEAN, Gradients.COMPUTE);
      assertEquals(Double.POSITIVE_INFINITY, result.value());
      assertArrayEquals(new double[6], result.gradient("y_pred").doubles());
    }
  }

  @Test
  void logitsFarApartGiveTheirLimits() {
    double[] logits = new double[3000];
    for (int t = 0; t < 1000; t++) {
      logits[3 * t + (t < 500 ? 1 : 2)] = 1000;
    }
    LossResult right =
        CTC.evaluate(inputs(new double[] {1, 2}, logits, 1000), Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(0, right.value(), 1e-12);
    LossResult wrong =
        CTC.evaluate(inputs(new double[] {2, 1}, logits, 1000), Reduction.MEAN, Gradients.COMPUTE);
    // A 2 before every 1, or a 1 behind every 2: one half is all wrong.
    assertTrue(wrong.value() > 400_000 && wrong.value() < 1_000_000, "" + wrong.value());
    for (double slope : wrong.gradient("y_pred").doubles()) {
      assertTrue(Double.isFinite(slope));
    }
  }

  @Test
  void labelsThatAreNoneAreRefusedWithTheirPlace() {
    assertRefused(new double[] {1, 0, 2}, "/y_true/0/1", "at its end only");
    assertRefused(new double[] {1, 3, 0}, "/y_true/0/1", "from 0 to 2, got 3");
    assertRefused(new double[] {1, 1.5, 0}, "/y_true/0/1", "got 1.5");
  }

  @Test
  void shapesThatAreNoSequencesAreRefused() {
    LossException flat = assertThrows(
        LossException.class,
        () -> CTC.evaluate(
            LossInputs.of(Tensor.of(new double[] {1}, 1, 1), Tensor.of(new double[3], 1, 3))));
    assertEquals("/y_pred", flat.violations().get(0).pointer());
    LossException single = assertThrows(
        LossException.class,
        () -> CTC.evaluate(
            LossInputs.of(Tensor.of(new double[] {1}, 1), Tensor.of(new double[3], 1, 1, 3))));
    assertEquals("/y_true", single.violations().get(0).pointer());
  }

  @Test
  void sequencesWhoseAlignmentsNoMemoryHoldsAreRefused() {
    int length = 10_000;
    double[] labels = new double[length];
    LossException e = assertThrows(
        LossException.class, () -> CTC.evaluate(inputs(labels, new double[length * 2], length)));
    assertEquals("/y_pred", e.violations().get(0).pointer());
    assertTrue(e.getMessage().contains("10000 time steps"), e.getMessage());
  }

  private static void assertRefused(double[] labels, String pointer, String mention) {
    LossException e =
        assertThrows(LossException.class, () -> CTC.evaluate(inputs(labels, new double[15], 5)));
    assertEquals(LossErrorCode.INVALID_INPUTS, e.code());
    assertEquals(pointer, e.violations().get(0).pointer());
    assertTrue(e.violations().get(0).message().contains(mention), e.getMessage());
  }

  private static LossInputs inputs(double[] labels, double[] logits, int steps) {
    return LossInputs.of(
        Tensor.of(labels, 1, labels.length), Tensor.of(logits, 1, steps, logits.length / steps));
  }
}
