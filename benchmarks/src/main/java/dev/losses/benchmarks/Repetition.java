package dev.losses.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** Whether work that is repeated within a call is really done each time. */
final class Repetition {
  /** Java's own part in a short call has to be compiled by then. */
  private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  /** Repetitions may be this many times as fast as calls: they share the crossing into native code. */
  private static final int SHARED = 5;

  private Repetition() {}

  /** Throws when many repetitions take little longer than one. */
  static void mustTakeLonger(DoubleSupplier many, DoubleSupplier one, int times) {
    long manyNanos = fastest(many);
    long oneNanos = fastest(one);
    if (manyNanos * SHARED < oneNanos * times) {
      throw new IllegalStateException(times + " evaluations take " + manyNanos
          + " ns and one takes " + oneNanos + " ns: they are not all done");
    }
  }

  private static long fastest(DoubleSupplier work) {
    long fastest = Long.MAX_VALUE;
    double sum = 0;
    long end = System.nanoTime() + WARM_UP_NANOS;
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      sum += work.getAsDouble();
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    if (Double.isNaN(sum)) {
      throw new IllegalStateException("The answer is not a number");
    }
    return fastest;
  }
}
