package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.Input;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all losses on arrays promise. */
class ArrayLossesTest {
  private static final LossCatalog CATALOG = LossCatalog.load();
  private static final int ROWS = 6;
  private static final int SEEDS = 5;

  private static final List<String> COUPLED = List.of(
      "triplet_semihard", "triplet_hard", "npairs", "circle", "info_nce", "supervised_contrastive");

  private static Stream<Loss> losses() {
    Stream<Loss> defaults = Stream.concat(
            COUPLED.stream(),
            Stream.of(
                "dice",
                "tversky",
                "focal_tversky",
                "jaccard",
                "lovasz_hinge",
                "ctc",
                "multilabel_margin"))
        .map(CATALOG::loss);
    Stream<Loss> others = Stream.of(
        CATALOG.loss("triplet_semihard", Map.of("distance_metric", "squared-L2", "margin", 0.3)),
        CATALOG.loss("triplet_hard", Map.of("distance_metric", "squared-L2")),
        CATALOG.loss("triplet_hard", Map.of("soft", true)),
        CATALOG.loss("circle", Map.of("gamma", 5, "margin", 0.25, "remove_diagonal", false)),
        CATALOG.loss("info_nce", Map.of("temperature", 2)),
        CATALOG.loss("dice", Map.of("axis", 1)),
        CATALOG.loss("tversky", Map.of("axis", -1, "alpha", 0.2, "beta", 0.9)),
        CATALOG.loss("focal_tversky", Map.of("axis", 1, "gamma", 1.5)),
        CATALOG.loss("jaccard", Map.of("axis", List.of(-2, 1))));
    return Stream.concat(defaults, others);
  }

  private static Stream<DynamicTest> each(Consumer<Loss> test) {
    return losses()
        .map(loss -> dynamicTest(
            loss.definition().name() + " " + loss.parameters(), () -> test.accept(loss)));
  }

  @TestFactory
  Stream<DynamicTest> theWeightedGradientAgreesWithCentralDifferences() {
    return each(loss -> {
      for (int seed = 0; seed < SEEDS; seed++) {
        for (Reduction reduction : List.of(Reduction.MEAN, Reduction.SUM)) {
          LossInputs inputs = weighted(loss, random(loss, seed), seed);
          Tensor gradient = loss.evaluate(inputs, reduction, Gradients.COMPUTE).gradient("y_pred");
          double[] values = inputs.tensors().get("y_pred").doubles();
          for (int i = 0; i < values.length; i++) {
            double at = values[i];
            double step = 1e-6;
            values[i] = at + step;
            double above = loss.evaluate(inputs, reduction).value();
            values[i] = at - step;
            double below = loss.evaluate(inputs, reduction).value();
            values[i] = at;
            double slope = (above - below) / (2 * step);
            assertEquals(
                slope, gradient.get(i), 1e-5 * Math.max(1, Math.abs(slope)), seed + " at " + i);
          }
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> float32IsFloat64RoundedAtTheEnd() {
    return each(loss -> {
      Map<String, Tensor> floats = new LinkedHashMap<>();
      Map<String, Tensor> doubles = new LinkedHashMap<>();
      random(loss, 7).forEach((name, tensor) -> {
        float[] values = new float[tensor.size()];
        double[] same = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) tensor.get(i);
          same[i] = values[i];
        }
        floats.put(name, Tensor.of(values, tensor.shape()));
        doubles.put(name, Tensor.of(same, tensor.shape()));
      });
      LossResult single =
          loss.evaluate(LossInputs.named(floats), Reduction.NONE, Gradients.COMPUTE);
      LossResult exact =
          loss.evaluate(LossInputs.named(doubles), Reduction.NONE, Gradients.COMPUTE);
      for (int i = 0; i < exact.losses().size(); i++) {
        assertEquals((float) exact.losses().get(i), single.losses().get(i));
      }
      for (int i = 0; i < exact.gradient("y_pred").size(); i++) {
        assertEquals(
            (float) exact.gradient("y_pred").get(i), single.gradient("y_pred").get(i));
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> permutingTheBatchPermutesTheLosses() {
    return each(loss -> {
      Map<String, Tensor> inputs = random(loss, 3);
      int[] order = {4, 0, 5, 2, 1, 3};
      Map<String, Tensor> permuted = new LinkedHashMap<>();
      boolean matrix = loss.definition().name().equals("npairs");
      inputs.forEach((name, tensor) -> {
        Tensor rows = permute(tensor, order);
        permuted.put(name, matrix && name.equals("y_pred") ? permuteColumns(rows, order) : rows);
      });
      LossResult before = evaluate(loss, inputs);
      LossResult after = evaluate(loss, permuted);
      Tensor losses =
          before.losses().rank() == 0 ? before.losses() : permute(before.losses(), order);
      Tensor gradient = permute(before.gradient("y_pred"), order);
      assertClose(losses, after.losses());
      assertClose(matrix ? permuteColumns(gradient, order) : gradient, after.gradient("y_pred"));
    });
  }

  @TestFactory
  Stream<DynamicTest> hugeNumbersStayFinite() {
    return each(loss -> {
      Map<String, Tensor> inputs = random(loss, 5);
      double[] values = inputs.get("y_pred").doubles();
      for (int i = 0; i < values.length; i++) {
        values[i] *= 1000;
      }
      LossResult result = evaluate(loss, inputs);
      for (int i = 0; i < result.losses().size(); i++) {
        // Overlaps of such numbers are legal, but mean nothing.
        assertTrue(Double.isFinite(result.losses().get(i))
            || loss.definition().name().equals("focal_tversky"));
      }
      for (double slope : result.gradient("y_pred").doubles()) {
        assertTrue(Double.isFinite(slope) || loss.definition().name().equals("focal_tversky"));
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> rowsThatAreEqualOrZeroHaveAFiniteGradient() {
    return each(loss -> {
      Map<String, Tensor> inputs = random(loss, 5);
      for (double value : new double[] {0, 0.5}) {
        Arrays.fill(inputs.get("y_pred").doubles(), value);
        for (double slope : evaluate(loss, inputs).gradient("y_pred").doubles()) {
          assertTrue(Double.isFinite(slope));
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> aMaskedExampleThatIsNoNumberLeavesUncoupledOnesAlone() {
    return each(loss -> {
      Map<String, Tensor> inputs = random(loss, 5);
      Tensor yPred = inputs.get("y_pred");
      if (COUPLED.contains(loss.definition().name())
          || evaluate(loss, inputs).losses().rank() == 0) {
        return;
      }
      int width = yPred.size() / ROWS;
      Arrays.fill(yPred.doubles(), 0, width, Double.NaN);
      boolean[] mask = {false, true, true, true, true, true};
      LossResult result =
          loss.evaluate(LossInputs.named(inputs).withMask(mask), Reduction.MEAN, Gradients.COMPUTE);
      assertTrue(Double.isFinite(result.value()));
      for (int i = 0; i < yPred.size(); i++) {
        double slope = result.gradient("y_pred").get(i);
        assertTrue(i < width ? slope == 0 : Double.isFinite(slope));
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"ctc", "lovasz_hinge", "multilabel_margin"})
  void whatIsMaskedOutOfIndependentRowsIsNotEvenChecked(String name) {
    Loss loss = CATALOG.loss(name);
    Map<String, Tensor> inputs = random(loss, 5);
    boolean[] mask = {true, false, true, true, true, true};
    LossResult expected =
        loss.evaluate(LossInputs.named(inputs).withMask(mask), Reduction.MEAN, Gradients.COMPUTE);
    inputs.forEach((input, tensor) -> {
      int width = tensor.size() / ROWS;
      Arrays.fill(tensor.doubles(), width, 2 * width, input.equals("y_true") ? 99.5 : Double.NaN);
    });
    LossResult actual =
        loss.evaluate(LossInputs.named(inputs).withMask(mask), Reduction.MEAN, Gradients.COMPUTE);
    assertEquals(expected.value(), actual.value());
    assertArrayEquals(
        expected.gradient("y_pred").doubles(), actual.gradient("y_pred").doubles());
    LossResult nothing = loss.evaluate(
        LossInputs.named(inputs).withMask(new boolean[ROWS]), Reduction.NONE, Gradients.COMPUTE);
    assertArrayEquals(new double[ROWS], nothing.losses().doubles());
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoNumberIsNotPassedOverInSilence() {
    return each(loss -> {
      for (int i = 0; i < random(loss, 5).get("y_pred").size(); i++) {
        Map<String, Tensor> inputs = random(loss, 5);
        inputs.get("y_pred").doubles()[i] = Double.NaN;
        LossResult result =
            loss.evaluate(LossInputs.named(inputs), Reduction.SUM, Gradients.COMPUTE);
        assertTrue(Double.isNaN(result.value()), "y_pred element " + i);
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> theExampleIsAnInterestingOne() {
    return each(loss -> {
      Map<String, Tensor> inputs = ExampleInputs.of(loss.inputs(), 4, 3, 1);
      LossResult result = evaluate(loss, inputs);
      for (double value : result.losses().doubles()) {
        assertTrue(Double.isFinite(value));
      }
      double size = 0;
      for (double slope : result.gradient("y_pred").doubles()) {
        size += Math.abs(slope);
      }
      assertFalse(size == 0);
    });
  }

  /** Equal but for the order of sums. */
  private static void assertClose(Tensor expected, Tensor actual) {
    double size = Arrays.stream(expected.doubles()).map(Math::abs).max().orElseThrow();
    assertArrayEquals(expected.doubles(), actual.doubles(), 1e-12 * (1 + size));
  }

  private static LossResult evaluate(Loss loss, Map<String, Tensor> inputs) {
    return loss.evaluate(LossInputs.named(inputs), Reduction.NONE, Gradients.COMPUTE);
  }

  /** Examples, moved away from short decimals and the kinks between them. */
  private static Map<String, Tensor> random(Loss loss, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Input> inputs = loss.inputs();
    Map<String, Tensor> tensors = ExampleInputs.of(inputs, ROWS, 4, seed);
    boolean overlap = loss.definition().family().equals("segmentation");
    for (Input input : inputs) {
      double[] values = tensors.get(input.name()).doubles();
      for (int i = 0; i < values.length && input.differentiable(); i++) {
        values[i] += random.nextDouble(-0.02, 0.02);
      }
      // Regions are positive, or their sums may vanish.
      for (int i = 0; i < values.length && overlap; i++) {
        boolean lovasz = loss.definition().name().equals("lovasz_hinge");
        values[i] = lovasz ? values[i] : Math.abs(values[i]) / 3;
      }
    }
    return tensors;
  }

  private static LossInputs weighted(Loss loss, Map<String, Tensor> inputs, long seed) {
    if (evaluate(loss, inputs).losses().rank() == 0) {
      return LossInputs.named(inputs).withSampleWeight(1.7);
    }
    return LossInputs.named(inputs)
        .withSampleWeight(
            new SplittableRandom(seed).doubles(ROWS).map(weight -> 2 * weight).toArray());
  }

  private static Tensor permute(Tensor tensor, int[] order) {
    int width = tensor.size() / order.length;
    double[] values = new double[tensor.size()];
    for (int row = 0; row < order.length; row++) {
      System.arraycopy(tensor.doubles(), order[row] * width, values, row * width, width);
    }
    return Tensor.of(values, tensor.shape());
  }

  private static Tensor permuteColumns(Tensor tensor, int[] order) {
    List<Double> values = new ArrayList<>();
    for (int row = 0; row < order.length; row++) {
      for (int column : order) {
        values.add(tensor.get(row * order.length + column));
      }
    }
    return Tensor.of(
        IntStream.range(0, tensor.size()).mapToDouble(values::get).toArray(), tensor.shape());
  }
}
