package com.example.training;

import dev.losses.nd4j.Nd4jLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** A single dense unit, {@code weight * x + bias}, trained from 0 to say {@code 2 x - 1}. */
final class DenseUnit {
  private static final double LEARNING_RATE = 0.01;
  private static final double[] X = {-1, 0, 1, 2, 3, 4};
  private static final double[] Y = {-3, -1, 1, 3, 5, 7};

  private final MultiLayerNetwork network;
  private final DataSet data = new DataSet(column(X), column(Y));
  private final List<Double> losses = new ArrayList<>();

  DenseUnit(Nd4jLoss loss) {
    network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
        .dataType(DataType.DOUBLE)
        .updater(new Sgd(LEARNING_RATE))
        .weightInit(WeightInit.ZERO)
        .list()
        .layer(new OutputLayer.Builder(loss)
            .nIn(1)
            .nOut(1)
            .activation(Activation.IDENTITY)
            .build())
        .build());
    network.init();
  }

  /** One step of gradient descent on all six points. */
  void train() {
    network.fit(data);
    losses.add(network.score());
  }

  /** The loss before each step. */
  List<Double> losses() {
    return losses;
  }

  double weight() {
    return network.getParam("0_W").getDouble(0);
  }

  double bias() {
    return network.getParam("0_b").getDouble(0);
  }

  double predict(double x) {
    return network.output(column(x)).getDouble(0);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "weight %.9f  bias %.9f  x=10 -> %.4f", weight(), bias(), predict(10));
  }

  private static INDArray column(double... values) {
    return Nd4j.createFromArray(values).reshape(values.length, 1);
  }
}
