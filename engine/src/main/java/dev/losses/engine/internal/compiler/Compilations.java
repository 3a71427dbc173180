package dev.losses.engine.internal.compiler;

import dev.losses.engine.internal.kernel.Arguments;
import dev.losses.engine.internal.kernel.Interpreter;
import dev.losses.engine.internal.kernel.Kernel;
import dev.losses.engine.internal.kernel.RowLength;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Compiles and warms kernels in the background, one after the other. */
final class Compilations {
  private static final System.Logger LOG = System.getLogger("dev.losses.engine");
  private static final int SECONDS_IDLE = 10;

  /**
   * So many refusals in a row, and a JVM is taken for one whose compiler does not know vectors: more would only waste a
   * core. A busy machine may be slow now and then.
   */
  private static final int REFUSALS_THAT_DO = 3;

  private final AtomicInteger refusals = new AtomicInteger();

  private final ExecutorService thread = thread();

  Compilations() {
    if (!areOffered()) {
      LOG.log(
          Simd.here().isSwitchedOff() ? Level.DEBUG : Level.INFO,
          "Losses are computed without SIMD, many times slower: " + Simd.here().reason() + ".");
    }
  }

  /** Whether there is SIMD to compile for, and compiling pays. */
  boolean areOffered() {
    return Simd.here().isThere() && refusals.get() < REFUSALS_THAT_DO;
  }

  /** Why they are not offered, as half a sentence. */
  String whyNot() {
    return Simd.here().isThere()
        ? "compiled kernels were not faster than the interpreter on this JVM"
        : Simd.here().reason();
  }

  /**
   * Compiles a kernel soon, unless it is not used any more by then.
   *
   * @param like a typical evaluation; only its numbers are needed
   */
  void request(TieredKernel kernel, Arguments like) {
    WeakReference<TieredKernel> wanted = new WeakReference<>(kernel);
    thread.execute(() -> {
      @Nullable TieredKernel stillWanted = wanted.get();
      if (stillWanted != null) {
        compile(stillWanted, like);
      }
    });
  }

  private void compile(TieredKernel kernel, Arguments like) {
    try {
      Kernel interpreter = new Interpreter(kernel.graph(), kernel.request().dtype());
      WarmUp warmUp = new WarmUp(kernel.structure(), kernel.request(), interpreter, like);
      Kernel compiled = new CompiledKernel(
          kernel.graph(), kernel.request().dtype(), RowLength.of(like.columns()));
      if (!warmUp.untilFast(compiled)) {
        kernel.refuse("its compiled kernel was not faster than the interpreter");
        LOG.log(
            Level.INFO,
            "A compiled kernel was not faster than the interpreter, which goes on serving it.");
        if (refusals.incrementAndGet() == REFUSALS_THAT_DO) {
          LOG.log(Level.WARNING, "Losses are computed without SIMD from now on: " + whyNot() + ".");
        }
      } else if (!warmUp.givesTheInterpretersBits(compiled)) {
        kernel.refuse("its compiled kernel did not give the interpreter's bits");
        LOG.log(
            Level.WARNING,
            "A compiled kernel differs from the interpreter, which goes on serving it. Please report this, with your JDK.");
      } else {
        kernel.publish(compiled);
        refusals.set(0);
      }
    } catch (RuntimeException | Error e) {
      kernel.refuse("its kernel could not be compiled");
      LOG.log(
          Level.WARNING, "A formula could not be compiled; the interpreter goes on serving it.", e);
      if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
        throw fatal;
      }
    }
  }

  private static ExecutorService thread() {
    ThreadPoolExecutor executor = new ThreadPoolExecutor(
        1, 1, SECONDS_IDLE, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
          // Without the caller's thread locals and class loader, which could then never be
          // unloaded.
          Thread thread = new Thread(null, work, "losses-compiler", 0, false);
          thread.setDaemon(true);
          thread.setContextClassLoader(Compilations.class.getClassLoader());
          return thread;
        });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
