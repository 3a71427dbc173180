package com.example.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossException;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.LossResult;
import dev.losses.engine.Reduction;
import dev.losses.spi.LossFunction;
import dev.losses.testkit.LossContractTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every loss promises is inherited; what this one computes is tested here. */
class MyHuberTest extends LossContractTest {
  private final LossCatalog catalog = LossCatalog.load();

  @Override
  protected LossFunction loss() {
    return new MyHuber();
  }

  @Override
  protected List<? extends LossFunction> alsoWith() {
    return List.of(new MyHuber(0.5), new MyHuber(30));
  }

  @Test
  void isQuadraticUpToTheThresholdAndLinearBeyond() {
    LossResult result = catalog
        .loss("my_huber", Map.of("threshold", 2.0))
        .evaluate(
            LossInputs.of(new double[] {0, 0, 0, 0}, new double[] {1, 2, 3, -5}), Reduction.NONE, Gradients.COMPUTE);

    assertArrayEquals(new double[] {0.5, 2, 4, 8}, result.losses().doubles(), 1e-12);
    assertArrayEquals(new double[] {1, 2, 2, -2}, result.gradient("y_pred").doubles(), 1e-12);
  }

  @Test
  void theThresholdIsOneByDefault() {
    assertEquals(1.0, catalog.loss("my_huber").parameters().get("threshold"));
  }

  @Test
  void theThresholdMustBePositive() {
    assertThrows(LossException.class, () -> catalog.loss("my_huber", Map.of("threshold", 0.0)));
  }
}
