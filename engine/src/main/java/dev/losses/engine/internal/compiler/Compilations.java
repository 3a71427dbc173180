package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.kernel.Kernel;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Compiles and warms kernels in the background, one after the other. */
final class Compilations {
  private static final System.Logger LOG = System.getLogger("dev.losses.engine");
  private static final int SECONDS_IDLE = 10;

  private final ExecutorService thread = thread();

  Compilations() {
    if (!areOffered()) {
      LOG.log(
          Level.INFO,
          "Losses are computed without SIMD, many times slower: " + Simd.here().reason() + ".");
    }
  }

  /** Whether there is SIMD to compile for. */
  boolean areOffered() {
    return Simd.here().isThere();
  }

  /** Compiles a kernel soon, unless it is not used any more by then. The numbers are those of a typical evaluation. */
  void request(TieredKernel kernel, double[] constants, List<double[]> classValues, int columns) {
    WeakReference<TieredKernel> wanted = new WeakReference<>(kernel);
    thread.execute(() -> {
      @Nullable TieredKernel stillWanted = wanted.get();
      if (stillWanted != null) {
        compile(stillWanted, constants, classValues, columns);
      }
    });
  }

  private static void compile(
      TieredKernel kernel, double[] constants, List<double[]> classValues, int columns) {
    try {
      WarmUp warmUp = new WarmUp(kernel, constants, classValues, columns);
      Kernel compiled = new CompiledKernel(kernel.graph(), kernel.request().dtype(), columns);
      if (!warmUp.untilFast(compiled)) {
        kernel.refuse("its compiled kernel was not faster than the interpreter");
      } else if (!warmUp.givesTheInterpretersBits(compiled)) {
        kernel.refuse("its compiled kernel did not give the interpreter's bits");
        LOG.log(
            Level.WARNING,
            "A compiled kernel differs from the interpreter, which goes on serving it. Please report this, with your JDK.");
      } else {
        kernel.publish(compiled);
      }
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      kernel.refuse("its kernel could not be compiled");
      LOG.log(
          Level.WARNING, "A formula could not be compiled; the interpreter goes on serving it.", e);
    }
  }

  private static ExecutorService thread() {
    ThreadPoolExecutor executor = new ThreadPoolExecutor(
        1, 1, SECONDS_IDLE, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
          // Inherits nothing: a class loader held here could never be unloaded.
          Thread thread = new Thread(null, work, "losses-compiler", 0, false);
          thread.setDaemon(true);
          thread.setContextClassLoader(Compilations.class.getClassLoader());
          return thread;
        });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
