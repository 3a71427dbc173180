package dev.losses.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleBiFunction;

/** What one writes in Java without a library: a loop over two arrays. */
final class PlainLoops {
  private static final Map<String, ToDoubleBiFunction<float[], float[]>> LOSSES = Map.of(
      "mean_squared_error", PlainLoops::meanSquaredError,
      "huber", PlainLoops::huber,
      "binary_crossentropy", PlainLoops::binaryCrossentropyFromLogits);
  private static final Set<Shape> SHAPES = Set.of(Shape.of(32), Shape.of(1_000_000));

  private PlainLoops() {}

  static boolean has(Point point) {
    return LOSSES.containsKey(point.work().loss())
        && SHAPES.contains(point.shape())
        && !point.gradient()
        && point.threads() == 1;
  }

  static DoubleSupplier timed(Point point) {
    ToDoubleBiFunction<float[], float[]> loss = LOSSES.get(point.work().loss());
    if (loss == null) {
      throw new IllegalArgumentException("No loop for " + point);
    }
    Sample sample = point.sample();
    float[] yTrue = sample.yTrue().floats();
    float[] yPred = sample.yPred().floats();
    Answer.of(loss.applyAsDouble(yTrue, yPred)).mustAgreeWith(Ours.answer(point, sample));
    return () -> loss.applyAsDouble(yTrue, yPred);
  }

  private static double meanSquaredError(float[] yTrue, float[] yPred) {
    double sum = 0;
    for (int i = 0; i < yTrue.length; i++) {
      float error = yPred[i] - yTrue[i];
      sum += error * error;
    }
    return sum / yTrue.length;
  }

  private static double huber(float[] yTrue, float[] yPred) {
    double sum = 0;
    for (int i = 0; i < yTrue.length; i++) {
      float size = Math.abs(yPred[i] - yTrue[i]);
      sum += size <= 1 ? size * size / 2 : size - 0.5f;
    }
    return sum / yTrue.length;
  }

  private static double binaryCrossentropyFromLogits(float[] yTrue, float[] yPred) {
    double sum = 0;
    for (int i = 0; i < yTrue.length; i++) {
      float logit = yPred[i];
      sum += Math.max(logit, 0) - logit * yTrue[i] + Math.log1p(Math.exp(-Math.abs(logit)));
    }
    return sum / yTrue.length;
  }
}
