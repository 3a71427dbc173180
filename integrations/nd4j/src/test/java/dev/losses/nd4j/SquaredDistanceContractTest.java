package dev.losses.nd4j;

import dev.losses.spi.LossFunction;
import dev.losses.testkit.LossContractTest;

/** What the documentation shows keeps what every loss promises. */
class SquaredDistanceContractTest extends LossContractTest {

  @Override
  protected LossFunction loss() {
    return new SquaredDistance();
  }
}
