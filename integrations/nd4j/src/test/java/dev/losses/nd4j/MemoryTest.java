package dev.losses.nd4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.Loss;
import dev.losses.engine.Gradients;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.spi.Tensor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** Neither native memory nor the heap grows with the number of calls: 100,000 steps with -Psoak, fewer without. */
class MemoryTest {
  private static final boolean SOAK = Boolean.getBoolean("losses.soak");
  private static final long MEGABYTE = 1 << 20;

  @Test
  void trainingTakesNoMoreMemoryStepByStep() {
    MultiLayerNetwork network = Networks.of(
        Nd4jLoss.named("categorical_crossentropy"),
        Activation.SOFTMAX,
        3,
        DataType.FLOAT,
        new Adam(0.01));
    INDArray features = Networks.uniform(DataType.FLOAT, 1, 256, Networks.INPUTS);
    INDArray labels = Networks.oneHot(DataType.FLOAT, 256, 3);
    assertFlat(SOAK ? 100_000 : 3_000, () -> network.fit(features, labels));
  }

  /** Some 20 MB of arrays a call, which nobody has collected before the next. */
  @Test
  void aLossOnArraysGivesItsNativeMemoryBackAfterEachCall() {
    Loss loss = Loss.of(new Distance());
    LossInputs inputs = LossInputs.of(
        Tensor.of(new float[1_000_000], 1000, 1000), Tensor.of(new float[1_000_000], 1000, 1000));
    assertFlat(SOAK ? 5_000 : 200, () -> loss.evaluate(inputs, Reduction.MEAN, Gradients.COMPUTE));
  }

  /** A third of the calls to reach what it needs, then no more than noise. */
  private static void assertFlat(int calls, Runnable call) {
    for (int i = 0; i < calls / 3; i++) {
      call.run();
    }
    long heap = Memory.heap();
    long resident = Memory.resident();
    for (int i = calls / 3; i < calls; i++) {
      call.run();
    }
    long heapGrowth = (Memory.heap() - heap) / MEGABYTE;
    long residentGrowth = (Memory.resident() - resident) / MEGABYTE;
    System.out.println(
        calls + " calls: heap +" + heapGrowth + " MB, resident +" + residentGrowth + " MB");
    assertTrue(heapGrowth < 16, () -> "the heap grew by " + heapGrowth + " MB");
    assertTrue(residentGrowth < 96, () -> "the process grew by " + residentGrowth + " MB");
  }
}
