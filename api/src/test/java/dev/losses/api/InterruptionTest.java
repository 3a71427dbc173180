package dev.losses.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.engine.LossInputs;
import dev.losses.spi.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses whose time grows faster than their inputs end when whoever waits for them gives up. */
class InterruptionTest {

  static Stream<Arguments> longLosses() {
    LossInputs rows = LossInputs.of(
        Tensor.of(new double[] {0, 1}, 2), Tensor.of(new double[] {1, 2, 3, 4}, 2, 2));
    return Stream.of(
        Arguments.of("info_nce", rows),
        Arguments.of("supervised_contrastive", rows),
        Arguments.of("triplet_hard", rows),
        Arguments.of("triplet_semihard", rows),
        Arguments.of("circle", rows),
        Arguments.of("npairs", rows),
        Arguments.of(
            "ctc",
            LossInputs.of(Tensor.of(new double[] {1}, 1, 1), Tensor.of(new double[6], 1, 3, 2))),
        Arguments.of(
            "multilabel_margin",
            LossInputs.of(Tensor.of(new double[] {1, -1}, 1, 2), Tensor.of(new double[2], 1, 2))));
  }

  @AfterEach
  void clear() {
    assertTrue(Thread.interrupted());
  }

  @ParameterizedTest
  @MethodSource("longLosses")
  void anInterruptedThreadStopsComputing(String name, LossInputs inputs) {
    Loss loss = LossCatalog.load().loss(name);
    Thread.currentThread().interrupt();
    LossException e = assertThrows(LossException.class, () -> loss.evaluate(inputs));
    assertEquals(LossErrorCode.LOSS_FAILURE, e.code());
    assertTrue(e.getMessage().contains("interrupted"), e.getMessage());
  }
}
