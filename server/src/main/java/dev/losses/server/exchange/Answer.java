package dev.losses.server.exchange;

import dev.losses.api.Loss;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossSource;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a loss came to, as plain data: writing it needs nothing of the loss's code, so that a caller who reads slowly
 * keeps no plugin from going.
 *
 * @param result the loss and its gradients
 * @param parameters the parameters used
 * @param name the name of the loss
 * @param source where the loss came from
 */
public record Answer(
    LossResult result, Map<String, @Nullable Object> parameters, String name, LossSource source) {

  /** The answer to whoever asked for the loss. */
  public static Answer of(Loss loss, LossResult result) {
    LossDefinition definition = loss.definition();
    return new Answer(result, loss.parameters(), definition.name(), definition.source());
  }

  /** The loss as an array; without axes, where it is one number. */
  public Tensor loss() {
    if (result.reduction() == Reduction.NONE) {
      return result.losses();
    }
    return result.dtype() == DType.FLOAT32
        ? Tensor.of(new float[] {(float) result.value()})
        : Tensor.of(new double[] {result.value()});
  }

  /** How many numbers it holds in lists. */
  public long elements() {
    long elements = result.gradients().values().stream().mapToLong(Tensor::size).sum();
    return result.reduction() == Reduction.NONE ? elements + result.losses().size() : elements;
  }
}
