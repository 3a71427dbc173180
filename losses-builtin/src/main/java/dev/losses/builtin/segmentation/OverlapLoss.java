package dev.losses.builtin.segmentation;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.Losses;
import dev.losses.spi.Tensor;
import java.util.Map;

/** A loss that is how far each region is from overlapping with the truth. */
interface OverlapLoss extends ArrayLoss {

  /** Lays truth and prediction over one another. */
  Overlap overlap(Map<String, Tensor> inputs);

  @Override
  default Losses loss(Map<String, Tensor> inputs) {
    return overlap(inputs).losses(distance -> distance);
  }

  @Override
  default Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
    return overlap(inputs).gradient(upstream, distance -> 1);
  }
}
