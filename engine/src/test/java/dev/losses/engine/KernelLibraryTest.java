package dev.losses.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.losses.engine.internal.compiler.CompiledKernel;
import dev.losses.engine.internal.compiler.KernelLibrary;
import dev.losses.engine.internal.compiler.Simd;
import dev.losses.engine.internal.graph.Formula;
import dev.losses.engine.internal.graph.LossGraph;
import dev.losses.engine.internal.graph.Request;
import dev.losses.engine.internal.kernel.Kernel;
import dev.losses.engine.internal.kernel.RowLength;
import dev.losses.engine.internal.kernel.Tier;
import dev.losses.spi.DType;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kernels are shared by all that can share them, and go away with the last who uses them. */
@Tag("every-jdk")
class KernelLibraryTest {
  private static final Request VALUE = new Request(DType.FLOAT32, false, false, false, false);
  /** A kernel that stays takes several kilobytes. */
  private static final long BYTES_A_FORMULA = 1_000;

  private final KernelLibrary library = KernelLibrary.shared();

  @Test
  void tenThousandParameterValuesShareOneKernel() {
    Kernel first = kernel(huber(0));
    for (int i = 1; i < 10_000; i++) {
      assertSame(first, kernel(huber(i)));
    }
  }

  @Test
  void anotherFormulaHasAnotherKernel() {
    assertNotSame(kernel(huber(1)), kernel((t, p) -> p.minus(t).abs()));
    assertNotSame(kernel((t, p) -> p.minus(t)), kernel((t, p) -> t.minus(p)));
  }

  @Test
  void aKernelGoesAwayWithItsLastUser() throws InterruptedException {
    WeakReference<Kernel> gone =
        new WeakReference<>(kernel((t, p) -> p.exp().minus(t).squared().exp()));
    awaitCollected(gone);
  }

  @Test
  void theCodeOfManyFormulasLeavesMetaspace() throws InterruptedException {
    assumeTrue(Simd.here().isThere(), Simd.here().reason());
    int formulas = Boolean.getBoolean("losses.soak") ? 10_000 : 1_000;
    compileDistinct(0, 200);
    collect();
    long before = metaspace();
    compileDistinct(200, 200 + formulas);
    collect();
    long grown = metaspace() - before;
    assertTrue(
        grown < formulas * BYTES_A_FORMULA, grown + " bytes more after " + formulas + " formulas");
  }

  private static void compileDistinct(int from, int to) {
    for (int i = from; i < to; i++) {
      int pattern = i;
      // The bits of the number decide about each step, so each formula has a structure of its own.
      FormulaLoss loss = (t, p) -> {
        Expr value = p.minus(t);
        for (int bit = 0; bit < 14; bit++) {
          value = (pattern >> bit & 1) == 0 ? value.plus(t) : value.times(p);
        }
        return value;
      };
      Kernel kernel = new CompiledKernel(
          LossGraph.of(new Formula(loss).structure(), VALUE), DType.FLOAT32, RowLength.SHORT);
      assertEquals(Tier.COMPILED, kernel.status().tier());
    }
  }

  private Kernel kernel(FormulaLoss loss) {
    return library.kernel(new Formula(loss).structure(), VALUE, RowLength.SHORT);
  }

  private static FormulaLoss huber(int number) {
    double delta = 0.5 + number / 100.0;
    return (t, p) -> {
      Expr size = p.minus(t).abs();
      return Expr.where(
          size.atMost(delta), size.squared().div(2), size.minus(delta / 2).times(delta));
    };
  }

  /** A collection that clears a weak reference has also unloaded what only it held. */
  private static void collect() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      awaitCollected(new WeakReference<>(new Object()));
    }
  }

  private static void awaitCollected(WeakReference<?> reference) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (reference.get() != null) {
      assertTrue(System.nanoTime() < deadline, "still in memory");
      System.gc();
      Thread.onSpinWait();
    }
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
