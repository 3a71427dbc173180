package dev.losses.builtin.internal;

import dev.losses.spi.Tensor;
import java.util.Map;
import java.util.Objects;

/**
 * The two inputs that most losses have.
 *
 * @param yTrue the true values
 * @param yPred the predicted values
 */
public record Pair(Tensor yTrue, Tensor yPred) {

  /** The inputs called {@code y_true} and {@code y_pred}. */
  public static Pair of(Map<String, Tensor> inputs) {
    return new Pair(
        Objects.requireNonNull(inputs.get("y_true")), Objects.requireNonNull(inputs.get("y_pred")));
  }
}
