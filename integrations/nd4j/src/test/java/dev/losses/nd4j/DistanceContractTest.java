package dev.losses.nd4j;

import dev.losses.spi.LossFunction;
import dev.losses.testkit.LossContractTest;
import java.util.List;

/** A loss on {@code INDArray} keeps what every loss promises. */
class DistanceContractTest extends LossContractTest {

  @Override
  protected LossFunction loss() {
    return new Distance();
  }

  @Override
  protected List<? extends LossFunction> alsoWith() {
    return List.of(new Distance(0.5));
  }
}
