package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.losses.engine.LossInputs;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A formula that takes its time for one parameter keeps nobody else waiting. */
class SlowFormulaTest {
  private static final CountDownLatch BEGUN = new CountDownLatch(1);
  private static final CountDownLatch MAY_END = new CountDownLatch(1);

  /** Waits for the test when its factor is 3. */
  public record Slow(double factor) implements FormulaLoss {
    public Slow() {
      this(1);
    }

    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      if (factor == 3) {
        BEGUN.countDown();
        try {
          MAY_END.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return yPred.minus(yTrue).times(factor);
    }
  }

  @Test
  void othersBindAndEvaluateMeanwhile() throws Exception {
    LossDefinition definition =
        LossDefinition.of(new Slow(), new LossSource("test", "0", "sha256:0"));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Loss> slow =
          threads.submit(() -> definition.bind(Map.of("factor", 3), evaluation -> {}));
      BEGUN.await();
      LossInputs inputs = LossInputs.of(new double[] {1}, new double[] {3});
      Future<Loss> quick =
          threads.submit(() -> definition.bind(Map.of("factor", 2), evaluation -> {}));
      assertEquals(4, quick.get(10, TimeUnit.SECONDS).evaluate(inputs).value());
      assertFalse(slow.isDone());
      MAY_END.countDown();
      assertEquals(6, slow.get(10, TimeUnit.SECONDS).evaluate(inputs).value());
    } finally {
      MAY_END.countDown();
      threads.shutdown();
    }
  }
}
