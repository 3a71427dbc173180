package dev.losses.server;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.Domain;
import dev.losses.spi.Input;
import dev.losses.spi.LossName;
import dev.losses.spi.Losses;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;

/** A loss whose code fails, with an input that no other loss has. */
@LossName("failing")
public record FailingLoss() implements ArrayLoss {
  @Override
  public List<Input> inputs() {
    return List.of(
        Input.of("y_true", Domain.REAL),
        Input.of("y_pred", Domain.REAL),
        Input.of("spare", Domain.REAL));
  }

  @Override
  public Losses loss(Map<String, Tensor> inputs) {
    throw new IllegalStateException("secret: /etc/passwd");
  }

  @Override
  public Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
    throw new IllegalStateException("secret");
  }
}
