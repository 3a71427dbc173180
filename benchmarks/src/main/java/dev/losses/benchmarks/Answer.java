package dev.losses.benchmarks;

import dev.losses.spi.Tensor;
import java.util.Optional;

/** What a contender computed: the value and, where it was asked for, the gradient of {@code y_pred}. */
record Answer(double value, Optional<Tensor> gradient) {
  private static final double TOLERANCE = 1e-4;
  /** Of the largest entry: an entry that is the difference of larger numbers has lost its last digits. */
  private static final double CANCELLED = 1e-6;

  static Answer of(double value) {
    return new Answer(value, Optional.empty());
  }

  static Answer of(double value, float[] gradient) {
    return new Answer(value, Optional.of(Tensor.of(gradient, gradient.length)));
  }

  /** Throws unless the two are the same to four digits. */
  void mustAgreeWith(Answer other) {
    mustAgreeWith(other, TOLERANCE);
  }

  void mustAgreeWith(Answer other, double tolerance) {
    // Not ">": a NaN must not agree with anything.
    if (!(Math.abs(value - other.value) <= tolerance * Math.abs(other.value))) {
      throw new IllegalStateException("The values differ: " + value + " and " + other.value);
    }
    if (gradient.isPresent() != other.gradient.isPresent()) {
      throw new IllegalStateException("Only one of the two has a gradient");
    }
    if (gradient.isPresent()) {
      compare(gradient.get().floats(), other.gradient.orElseThrow().floats(), tolerance);
    }
  }

  private static void compare(float[] actual, float[] expected, double tolerance) {
    if (actual.length != expected.length) {
      throw new IllegalStateException(
          "Gradients of " + actual.length + " and of " + expected.length + " entries");
    }
    double largest = 0;
    for (float entry : expected) {
      largest = Math.max(largest, Math.abs(entry));
    }
    for (int i = 0; i < actual.length; i++) {
      double allowed = tolerance * Math.abs(expected[i]) + CANCELLED * largest;
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        throw new IllegalStateException(
            "The gradients differ at " + i + ": " + actual[i] + " and " + expected[i]);
      }
    }
  }
}
