package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.losses.engine.internal.compiler.Simd;
import dev.losses.engine.internal.kernel.Workers;
import dev.losses.spi.FormulaLoss;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A loss is interpreted, then computed by a kernel, and nobody notices but by the clock. */
@Tag("every-jdk")
class TieringTest {
  private static final FormulaLoss LOSS =
      (t, p) -> p.minus(t).abs().plus(0.3).log().tanh();

  @Test
  void aKernelTakesOverWithTheSameBits() {
    assumeTrue(Simd.here().isThere(), Simd.here().reason());
    Random random = new Random(1);
    LossInputs inputs = LossInputs.of(
        random.doubles(3_000, -2, 2).toArray(), random.doubles(3_000, -2, 2).toArray());
    List<Object> expected = outcome(Kernels.interpreted(LOSS), inputs);
    Evaluator evaluator = Evaluator.of(LOSS);
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (evaluator.computation().path() != Computation.Path.SIMD) {
      assertEquals(expected, outcome(evaluator, inputs));
      assertTrue(System.nanoTime() < deadline, evaluator.computation().reason());
    }
    assertEquals(expected, outcome(evaluator, inputs));
    assertTrue(EngineStatus.now().kernels().get("compiled") > 0);
  }

  @Test
  void whatWasNotUsedYetSaysSoAndIsNotCompiledForAsking() {
    Evaluator evaluator =
        Evaluator.of((FormulaLoss) (t, p) -> p.minus(t).abs().exp().sqrt());
    for (int i = 0; i < 3; i++) {
      assertEquals(Computation.Path.INTERPRETER, evaluator.computation().path());
      assertTrue(evaluator.computation().reason().contains("not been used"));
    }
  }

  @Test
  void aHelperTakesPartAndItsFailureIsTheCallers() {
    CountDownLatch both = new CountDownLatch(2);
    Runnable work = () -> {
      both.countDown();
      awaited(both);
      if (!Thread.currentThread().getName().equals("losses-worker")) {
        return;
      }
      throw new IllegalStateException("of a helper");
    };
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> new Workers(2).run(2, work));
    assertEquals("of a helper", e.getMessage());
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Object> outcome(Evaluator evaluator, LossInputs inputs) {
    LossResult result = evaluator.evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE);
    return List.of(result.value(), Arrays.hashCode(result.gradient("y_pred").doubles()));
  }
}
