package dev.losses.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The least that a loss must do: read both inputs and, for a gradient, write as much as {@code y_pred}. */
final class Limit {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private Limit() {}

  /** The bits of a vector register. */
  static int vectorBits() {
    return SPECIES.vectorBitSize();
  }

  static DoubleSupplier timed(Point point) {
    Sample sample = point.sample();
    float[] yTrue = sample.yTrue().floats();
    float[] yPred = sample.yPred().floats();
    float[] target = new float[point.gradient() ? yPred.length : 0];
    int threads = point.threads();
    if (threads == 1) {
      return () -> part(yTrue, yPred, target, 0, 1);
    }
    ExecutorService helpers = Executors.newFixedThreadPool(threads - 1, work -> {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      return thread;
    });
    return () -> {
      List<Future<Float>> parts = new ArrayList<>();
      for (int i = 1; i < threads; i++) {
        int part = i;
        parts.add(helpers.submit(() -> part(yTrue, yPred, target, part, threads)));
      }
      double sum = part(yTrue, yPred, target, 0, threads);
      for (Future<Float> part : parts) {
        sum += value(part);
      }
      return sum;
    };
  }

  private static float value(Future<Float> part) {
    try {
      return part.get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float part(float[] yTrue, float[] yPred, float[] target, int part, int parts) {
    int both = Math.min(yTrue.length, yPred.length);
    int start = border(both, part, parts);
    int end = border(both, part + 1, parts);
    int restStart = both + border(yPred.length - both, part, parts);
    int restEnd = both + border(yPred.length - both, part + 1, parts);
    return target.length == 0
        ? read(yTrue, yPred, start, end) + read(yPred, yPred, restStart, restEnd)
        : copy(yTrue, yPred, target, start, end) + copy(yPred, yPred, target, restStart, restEnd);
  }

  private static int border(int length, int part, int parts) {
    return (int) ((long) length * part / parts);
  }

  /** Eight sums that do not wait for one another. */
  private static float read(float[] a, float[] b, int start, int end) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    int i = start;
    for (; i <= end - 4 * LANES; i += 4 * LANES) {
      a0 = a0.add(FloatVector.fromArray(SPECIES, a, i));
      b0 = b0.add(FloatVector.fromArray(SPECIES, b, i));
      a1 = a1.add(FloatVector.fromArray(SPECIES, a, i + LANES));
      b1 = b1.add(FloatVector.fromArray(SPECIES, b, i + LANES));
      a2 = a2.add(FloatVector.fromArray(SPECIES, a, i + 2 * LANES));
      b2 = b2.add(FloatVector.fromArray(SPECIES, b, i + 2 * LANES));
      a3 = a3.add(FloatVector.fromArray(SPECIES, a, i + 3 * LANES));
      b3 = b3.add(FloatVector.fromArray(SPECIES, b, i + 3 * LANES));
    }
    float sum =
        a0.add(a1).add(a2.add(a3)).add(b0.add(b1).add(b2.add(b3))).reduceLanes(VectorOperators.ADD);
    for (; i < end; i++) {
      sum += a[i] + b[i];
    }
    return sum;
  }

  private static float copy(float[] a, float[] b, float[] target, int start, int end) {
    int i = start;
    for (; i <= end - 2 * LANES; i += 2 * LANES) {
      FloatVector first = FloatVector.fromArray(SPECIES, a, i);
      FloatVector second = FloatVector.fromArray(SPECIES, a, i + LANES);
      first.add(FloatVector.fromArray(SPECIES, b, i)).intoArray(target, i);
      second.add(FloatVector.fromArray(SPECIES, b, i + LANES)).intoArray(target, i + LANES);
    }
    for (; i < end; i++) {
      target[i] = a[i] + b[i];
    }
    return end > start ? target[end - 1] : 0;
  }
}
