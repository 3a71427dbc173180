package dev.losses.spi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The unreduced losses of an {@link ArrayLoss}.
 *
 * @param values the losses; the first axis is the batch, or the shape is {@code []} for one loss of the whole batch
 * @param counts what each position counts for in the mean, in the shape of {@code values}; null where each counts 1
 */
public record Losses(Tensor values, @Nullable Tensor counts) {

  /** @throws IllegalArgumentException when the shapes differ */
  public Losses {
    if (counts != null && !Arrays.equals(values.shape(), counts.shape())) {
      throw new IllegalArgumentException("counts has shape " + Arrays.toString(counts.shape())
          + ", values has shape " + Arrays.toString(values.shape()));
    }
  }

  /** Losses that count 1 each. */
  public static Losses of(Tensor values) {
    return new Losses(values, null);
  }
}
