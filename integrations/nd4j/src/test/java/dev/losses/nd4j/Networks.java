package dev.losses.nd4j;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Small networks and batches, the same at every call. */
final class Networks {
  static final int INPUTS = 4;
  private static final int HIDDEN = 5;

  private Networks() {}

  /** One hidden layer, then an output layer with that loss. */
  static MultiLayerNetwork of(
      ILossFunction loss, Activation activation, int outputs, DataType type, IUpdater updater) {
    MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
        .seed(7)
        .dataType(type)
        .updater(updater)
        .weightInit(WeightInit.XAVIER)
        .list()
        .layer(new DenseLayer.Builder()
            .nIn(INPUTS)
            .nOut(HIDDEN)
            .activation(Activation.TANH)
            .build())
        .layer(new OutputLayer.Builder(loss)
            .nIn(HIDDEN)
            .nOut(outputs)
            .activation(activation)
            .build())
        .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  /** Numbers in [0, 1). */
  static INDArray uniform(DataType type, int seed, long... shape) {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(seed), shape).castTo(type);
  }

  /** A class for each row, as a row of 0 with one 1. */
  static INDArray oneHot(DataType type, int rows, int classes) {
    INDArray labels = Nd4j.zeros(type, rows, classes);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, row % classes, 1);
    }
    return labels;
  }

  /** A class for each row, as its index in a column. */
  static INDArray indices(DataType type, int rows, int classes) {
    INDArray labels = Nd4j.zeros(type, rows, 1);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, 0, row % classes);
    }
    return labels;
  }
}
