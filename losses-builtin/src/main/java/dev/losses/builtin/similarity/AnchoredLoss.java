package dev.losses.builtin.similarity;

import dev.losses.spi.ArrayLoss;
import dev.losses.spi.Input;
import dev.losses.spi.Losses;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;

/** A loss in which every row is the anchor that the other rows of the batch are compared with. */
interface AnchoredLoss extends ArrayLoss {

  /** Compares the rows. */
  Anchors anchors(LabelledRows rows);

  @Override
  default List<Input> inputs() {
    return LabelledRows.INPUTS;
  }

  @Override
  default Losses loss(Map<String, Tensor> inputs) {
    return anchors(LabelledRows.of(inputs)).losses();
  }

  @Override
  default Map<String, Tensor> gradient(Map<String, Tensor> inputs, Tensor upstream) {
    return anchors(LabelledRows.of(inputs)).gradient(upstream);
  }
}
