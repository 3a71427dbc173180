package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.ArrayLoss;
import dev.losses.spi.DType;
import dev.losses.spi.Losses;
import dev.losses.spi.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** However rows are cut into batches, their loss is that of all at once; or the batches are refused. */
class LossAccumulatorTest {
  private static final LossCatalog CATALOG = LossCatalog.load();
  private static final int ROWS = 40;
  private static final int SEEDS = 4;
  private static final List<Reduction> REDUCTIONS =
      List.of(Reduction.MEAN, Reduction.MEAN_WITH_SAMPLE_WEIGHT, Reduction.SUM);

  private static final Set<String> NEED_ALL_ROWS = Set.of(
      "circle",
      "dice",
      "focal_tversky",
      "info_nce",
      "jaccard",
      "npairs",
      "supervised_contrastive",
      "triplet_hard",
      "triplet_semihard",
      "tversky");

  /** Losses on arrays, whose sums have no blocks. */
  private static final Set<String> SAME_BITS = Set.of("ctc", "lovasz_hinge", "multilabel_margin");

  /** Every loss with its defaults and with each other choice, such as from_logits. */
  private static Stream<Loss> losses() {
    return CATALOG.definitions().stream()
        .flatMap(definition -> Stream.concat(
                Stream.of(Map.<String, Object>of()), definition.variants().stream())
            .map(parameters -> CATALOG.loss(definition.name(), parameters)));
  }

  @Test
  void everyLossButThoseThatCompareRowsComesInBatches() {
    assertEquals(
        NEED_ALL_ROWS,
        losses()
            .filter(loss -> !loss.rowsAreIndependent())
            .map(loss -> loss.definition().name())
            .collect(Collectors.toSet()));
    assertEquals(56 - NEED_ALL_ROWS.size(), accumulable().size());
  }

  private static List<String> accumulable() {
    return losses()
        .filter(Loss::rowsAreIndependent)
        .map(loss -> loss.definition().name())
        .distinct()
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everyCutGivesTheValueOfAllRowsAtOnce() {
    return losses()
        .filter(Loss::rowsAreIndependent)
        .map(loss -> dynamicTest(loss.definition().name() + " " + loss.parameters(), () -> {
          for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Integer> sizes = new ArrayList<>();
            for (int left = ROWS; left > 0; left -= sizes.get(sizes.size() - 1)) {
              sizes.add(1 + random.nextInt(Math.min(left, 1 + random.nextInt(ROWS))));
            }
            for (DType dtype : DType.values()) {
              Map<String, Tensor> all = inputs(loss, ROWS, seed, dtype);
              check(loss, Rows.plain(all), sizes);
              check(loss, Rows.weighted(all, random), sizes);
            }
          }
        }));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(accumulable());
  }

  @Property(tries = 200, seed = "1")
  void anyCutGivesTheValueOfAllRowsAtOnce(
      @ForAll("names") String name,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 900) Integer> sizes,
      @ForAll DType dtype,
      @ForAll boolean weighted,
      @ForAll @IntRange(max = 1000) int seed) {
    Loss loss = CATALOG.loss(name);
    int rows = sizes.stream().mapToInt(Integer::intValue).sum();
    Map<String, Tensor> all = inputs(loss, rows, seed, dtype);
    check(loss, weighted ? Rows.weighted(all, new SplittableRandom(seed)) : Rows.plain(all), sizes);
  }

  private static Map<String, Tensor> inputs(Loss loss, int rows, int seed, DType dtype) {
    // These two take the logarithm of a prediction that may be any number.
    boolean logarithms = loss.definition().name().startsWith("poisson");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ExampleInputs.of(loss.inputs(), rows, 5, seed).forEach((name, tensor) -> {
      Tensor converted = Tensor.zeros(dtype, tensor.shape());
      for (int i = 0; i < tensor.size(); i++) {
        converted.set(i, logarithms ? Math.abs(tensor.get(i)) : tensor.get(i));
      }
      tensors.put(name, converted);
    });
    return tensors;
  }

  private static void check(Loss loss, Rows rows, List<Integer> sizes) {
    for (Reduction reduction : REDUCTIONS) {
      LossAccumulator accumulator = loss.accumulate(reduction);
      int from = 0;
      for (int size : sizes) {
        accumulator.add(rows.cut(from, from + size));
        from += size;
      }
      assertEquals(from, accumulator.rows());
      double expected = loss.evaluate(rows.all(), reduction).value();
      assertEquals(
          expected,
          accumulator.value(),
          SAME_BITS.contains(loss.definition().name()) ? 0 : tolerance(loss, rows.all(), expected),
          loss.definition().name() + " " + loss.parameters() + " " + reduction.wireName());
    }
  }

  /** Sixteen roundings of the sum of the losses' magnitudes, as it is reduced. */
  private static double tolerance(Loss loss, LossInputs inputs, double value) {
    Tensor losses = loss.evaluate(inputs, Reduction.NONE).losses();
    double sum = 0;
    double magnitudes = 0;
    for (int i = 0; i < losses.size(); i++) {
      sum += losses.get(i);
      magnitudes += Math.abs(losses.get(i));
    }
    double unit = losses.dtype() == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
    assertTrue(Double.isFinite(magnitudes), "the losses are finite");
    return sum == 0 ? 0 : 16 * unit * magnitudes * Math.abs(value / sum);
  }

  /** Inputs that can be cut; a batch has weights and a mask only where they say something. */
  private record Rows(LossInputs all, List<Double> weights, List<Boolean> mask) {
    static Rows plain(Map<String, Tensor> tensors) {
      return new Rows(LossInputs.named(tensors), List.of(), List.of());
    }

    static Rows weighted(Map<String, Tensor> tensors, SplittableRandom random) {
      int rows = tensors.values().iterator().next().axis(0);
      double[] weights = new double[rows];
      boolean[] mask = new boolean[rows];
      // Some stretches have neither weights nor a mask.
      boolean plain = true;
      for (int row = 0; row < rows; row++) {
        plain ^= random.nextInt(10) == 0;
        weights[row] = plain ? 1 : random.nextInt(4) == 0 ? 0 : random.nextDouble() * 3;
        mask[row] = plain || random.nextInt(4) > 0;
      }
      List<Boolean> present = new ArrayList<>();
      for (boolean each : mask) {
        present.add(each);
      }
      return new Rows(
          LossInputs.named(tensors).withSampleWeight(weights).withMask(mask),
          Arrays.stream(weights).boxed().toList(),
          present);
    }

    LossInputs cut(int from, int to) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      all.tensors().forEach((name, tensor) -> tensors.put(name, cut(tensor, from, to)));
      LossInputs batch = LossInputs.named(tensors);
      if (weights.isEmpty()) {
        return batch;
      }
      List<Double> w = weights.subList(from, to);
      List<Boolean> m = mask.subList(from, to);
      if (w.stream().anyMatch(weight -> weight != 1)) {
        batch =
            batch.withSampleWeight(w.stream().mapToDouble(Double::doubleValue).toArray());
      }
      if (m.contains(false)) {
        boolean[] present = new boolean[m.size()];
        for (int i = 0; i < present.length; i++) {
          present[i] = m.get(i);
        }
        batch = batch.withMask(present);
      }
      return batch;
    }

    private static Tensor cut(Tensor tensor, int from, int to) {
      int width = tensor.size() / tensor.axis(0);
      int[] shape = tensor.shape();
      shape[0] = to - from;
      Tensor cut = Tensor.zeros(tensor.dtype(), shape);
      for (int i = 0; i < cut.size(); i++) {
        cut.set(i, tensor.get(from * width + i));
      }
      return cut;
    }
  }

  @Test
  void aLossThatComparesRowsIsRefusedBeforeAnyBatch() {
    for (String name : NEED_ALL_ROWS) {
      LossException e =
          assertThrows(LossException.class, () -> CATALOG.loss(name).accumulate(Reduction.MEAN));
      assertEquals(LossErrorCode.INVALID_INPUTS, e.code());
      assertEquals(
          "The loss '" + name
              + "' may compare the rows of a batch, so it needs them all at once: evaluate it on all of them together",
          e.getMessage());
    }
  }

  @Test
  void reductionNoneIsRefused() {
    LossException e =
        assertThrows(LossException.class, () -> CATALOG.loss("mse").accumulate(Reduction.NONE));
    assertEquals(LossErrorCode.INVALID_INPUTS, e.code());
    assertEquals("/reduction", e.violations().get(0).pointer());
  }

  @Test
  void noBatchHasNoLoss() {
    LossAccumulator accumulator = CATALOG.loss("mse").accumulate(Reduction.SUM);
    LossException e = assertThrows(LossException.class, accumulator::value);
    assertEquals(LossErrorCode.INVALID_INPUTS, e.code());
    e = assertThrows(LossException.class, accumulator::result);
    assertEquals(LossErrorCode.INVALID_INPUTS, e.code());
  }

  @Test
  void theResultIsThatOfAllRowsAtOnce() {
    LossAccumulator accumulator = CATALOG.loss("mse").accumulate(Reduction.SUM);
    accumulator.add(LossInputs.of(new float[2], new float[] {1, 2}));
    accumulator.add(LossInputs.of(new float[1], new float[] {Float.POSITIVE_INFINITY}));
    LossResult result = accumulator.result();
    assertEquals(Double.POSITIVE_INFINITY, result.value());
    assertEquals(DType.FLOAT32, result.dtype());
    assertEquals(Reduction.SUM, result.reduction());
    assertEquals(List.of("the loss is not finite"), result.warnings());
    assertTrue(result.gradients().isEmpty());
  }

  @Test
  void hingeLabelsThatOneBatchReadsOtherwiseAreRefusedWithTheFix() {
    for (String name : List.of("hinge", "squared_hinge")) {
      LossAccumulator accumulator = CATALOG.loss(name).accumulate(Reduction.MEAN);
      double[] scores = {0.5, -0.25};
      accumulator.add(LossInputs.of(new double[] {0, 1}, scores));
      LossException e = assertThrows(
          LossException.class, () -> accumulator.add(LossInputs.of(new double[] {-1, 1}, scores)));
      assertEquals(LossErrorCode.INVALID_INPUTS, e.code());
      assertEquals("/y_true", e.violations().get(0).pointer());
      assertTrue(e.getMessage().contains("say how they are read by the loss's labels"));
    }
    LossAccumulator binary =
        CATALOG.loss("hinge", Map.of("labels", "binary")).accumulate(Reduction.SUM);
    binary.add(LossInputs.of(new double[] {0}, new double[] {0.5}));
    binary.add(LossInputs.of(new double[] {1}, new double[] {0.5}));
    assertEquals(2, binary.value());
  }

  @Test
  void labelsThatAreRowsInOneBatchAndIndicesInAnotherAreRefused() {
    LossAccumulator accumulator = CATALOG.loss("cross_entropy").accumulate(Reduction.MEAN);
    Tensor logits = Tensor.zeros(DType.FLOAT64, 2, 2);
    accumulator.add(LossInputs.of(Tensor.zeros(DType.FLOAT64, 2), logits));
    LossException e =
        assertThrows(LossException.class, () -> accumulator.add(LossInputs.of(logits, logits)));
    assertEquals(
        "/y_true: y_true has shape [2, 2] but in the first batch [2]; batches may differ in their first axis only",
        e.getMessage());
    assertEquals(Math.log(2), accumulator.value());
  }

  @Test
  void whatIsRefusedDoesNotCount() {
    LossAccumulator accumulator = CATALOG.loss("bce").accumulate(Reduction.MEAN);
    LossInputs good = LossInputs.of(new double[] {1, 0}, new double[] {0.5, 0.5});
    List<LossInputs> bad = List.of(
        LossInputs.of(new double[] {1, 0}, new double[] {0.5, 7}),
        LossInputs.of(new double[] {1}, new double[] {0.5, 0.5}),
        LossInputs.of(new double[0], new double[0]),
        good.withSampleWeight(new double[] {1, -1}),
        good.withMask(new boolean[] {true}));
    for (LossInputs each : bad) {
      assertThrows(LossException.class, () -> accumulator.add(each));
    }
    accumulator.add(good);
    for (LossInputs each : bad) {
      LossException e = assertThrows(LossException.class, () -> accumulator.add(each));
      assertEquals(LossErrorCode.INVALID_INPUTS, e.code());
      assertEquals(Math.log(2), accumulator.value(), 1e-15);
      assertEquals(2, accumulator.rows());
    }
    accumulator.add(good);
    assertEquals(Math.log(2), accumulator.value(), 1e-15);
    assertEquals(4, accumulator.rows());
  }

  /** Fails on numbers below 0. */
  public record Brittle() implements ArrayLoss {
    @Override
    public boolean rowsAreIndependent() {
      return true;
    }

    @Override
    public Losses loss(Map<String, Tensor> inputs) {
      Tensor yPred = inputs.getOrDefault("y_pred", Tensor.zeros(DType.FLOAT64, 0));
      if (yPred.get(0) < 0) {
        throw new IllegalStateException("below 0");
      }
      return Losses.of(yPred);
    }

    @Override
    public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
      return Map.of("y_pred", upstream);
    }
  }

  @Test
  void aLossThatFailsOnOneBatchLeavesTheOthers() {
    LossAccumulator accumulator = Loss.of(new Brittle()).accumulate(Reduction.SUM);
    accumulator.add(LossInputs.of(new double[1], new double[] {2}));
    LossException e = assertThrows(
        LossException.class,
        () -> accumulator.add(LossInputs.of(new double[1], new double[] {-1})));
    assertEquals(LossErrorCode.LOSS_FAILURE, e.code());
    accumulator.add(LossInputs.of(new double[1], new double[] {3}));
    assertEquals(5, accumulator.value());
  }

  @Test
  void aParameterThatFloat32DoesNotHoldIsRefused() {
    LossAccumulator accumulator =
        CATALOG.loss("huber", Map.of("delta", 1e-300)).accumulate(Reduction.MEAN);
    LossException e = assertThrows(
        LossException.class, () -> accumulator.add(LossInputs.of(new float[1], new float[1])));
    assertEquals("/parameters/delta", e.violations().get(0).pointer());
  }

  @Test
  void everyBatchIsHeardOfByTheListener() {
    List<EvaluationListener.Evaluation> heard = new ArrayList<>();
    LossAccumulator accumulator =
        CATALOG.observedBy(heard::add).loss("mse").accumulate(Reduction.MEAN_WITH_SAMPLE_WEIGHT);
    assertEquals(0, heard.size());
    accumulator.add(LossInputs.of(new double[3], new double[3]));
    assertThrows(
        LossException.class, () -> accumulator.add(LossInputs.of(new double[2], new double[1])));
    accumulator.value();
    assertEquals(List.of(3L, 2L), heard.stream().map(each -> each.elements()).toList());
    assertEquals(Reduction.MEAN_WITH_SAMPLE_WEIGHT, heard.get(0).reduction());
    assertEquals(null, heard.get(0).failure());
    assertEquals(LossErrorCode.INVALID_INPUTS, heard.get(1).failure());
  }

  @Test
  void aValueOnTheWayIsThatOfTheBatchesSoFar() {
    LossAccumulator accumulator = CATALOG.loss("mae").accumulate(Reduction.MEAN);
    accumulator.add(LossInputs.of(new double[1], new double[] {2}));
    assertEquals(2, accumulator.value());
    accumulator.add(LossInputs.of(new double[1], new double[] {4}));
    assertEquals(3, accumulator.value());
  }
}
