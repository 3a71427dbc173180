package dev.losses.builtin.internal;

import dev.losses.spi.InvalidInputException;
import dev.losses.spi.Tensor;
import java.util.Arrays;
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

  /**
   * The same for a loss along rows.
   *
   * @param last what the last axis holds, for the message
   * @throws InvalidInputException when there are no rows
   */
  public static Pair ofRows(Map<String, Tensor> inputs, String last) {
    Pair pair = of(inputs);
    if (pair.yPred.rank() < 2) {
      throw new InvalidInputException(
          "y_pred",
          "y_pred has shape " + Arrays.toString(pair.yPred.shape())
              + ", but this loss looks along rows: it needs a shape [batch, ..., " + last + "]");
    }
    return pair;
  }
}
