package dev.losses.spi;

import java.util.List;

/**
 * A loss: a public record whose components are its parameters, found through {@link java.util.ServiceLoader}.
 *
 * <p>Implementations are immutable and safe for use by many threads at once.
 */
public sealed interface LossFunction permits NamedInputsLoss, MultiFormLoss, ArrayLoss {

  /**
   * The inputs, in the order in which they are shown. A method of the instance, because domains may depend on
   * parameters ({@code from_logits}).
   *
   * @return by default {@code y_true} and {@code y_pred}, both {@link Domain#REAL}
   */
  default List<Input> inputs() {
    return Input.PAIR;
  }
}
