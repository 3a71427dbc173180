package dev.losses.benchmarks.training;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/** A network and what it is trained on. */
record Epoch(MultiLayerNetwork network, List<DataSet> data) {

  /** How long one more epoch takes. */
  long nanoseconds() {
    long start = System.nanoTime();
    data.forEach(network::fit);
    return System.nanoTime() - start;
  }
}
