package dev.losses.benchmarks.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** The layers of a network, and how much it is trained on in one epoch. */
record Shape(int inputs, List<Integer> hidden, int outputs, int batch, int batches) {

  String layers() {
    return Stream.of(List.of(inputs), hidden, List.of(outputs))
        .flatMap(List::stream)
        .map(String::valueOf)
        .collect(Collectors.joining("-"));
  }

  /** An epoch of a new network with that loss. */
  Epoch epoch(ILossFunction loss, Activation activation) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(1).updater(new Sgd(0.01)).list();
    int width = inputs;
    for (int next : hidden) {
      layers.layer(new DenseLayer.Builder()
          .nIn(width)
          .nOut(next)
          .activation(Activation.RELU)
          .build());
      width = next;
    }
    layers.layer(new OutputLayer.Builder(loss)
        .nIn(width)
        .nOut(outputs)
        .activation(activation)
        .build());
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return new Epoch(network, data());
  }

  /** Numbers in [0, 1), with one-hot labels, which every loss takes. */
  private List<DataSet> data() {
    Nd4j.getRandom().setSeed(1);
    List<DataSet> data = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      INDArray labels = Nd4j.zeros(batch, outputs);
      for (int row = 0; row < batch; row++) {
        labels.putScalar(row, row % outputs, 1);
      }
      data.add(new DataSet(Nd4j.rand(batch, inputs), labels));
    }
    return data;
  }
}
