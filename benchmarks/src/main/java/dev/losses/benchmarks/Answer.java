package dev.losses.benchmarks;

import dev.losses.spi.Tensor;
import java.util.Optional;

/** What a contender computed: the value and, where it was asked for, the gradient of {@code y_pred}. */
record Answer(double value, Optional<Tensor> gradient) {
  static final double TOLERANCE = 1e-4;
  /** An entry that is the difference of larger numbers has lost digits: so much of the largest is allowed too. */
  private static final double CANCELLED = 0.01;

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
      double allowed = tolerance * Math.abs(expected[i]) + CANCELLED * tolerance * largest;
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        throw new IllegalStateException(
            "The gradients differ at " + i + ": " + actual[i] + " and " + expected[i]);
      }
    }
  }
}
