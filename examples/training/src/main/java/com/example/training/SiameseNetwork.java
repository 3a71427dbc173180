package com.example.training;

import dev.losses.nd4j.Nd4jLoss;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.RmsProp;

/** Two images go through one base network; the distance of what comes out says how alike they are. */
final class SiameseNetwork {
  private static final int UNITS = 128;
  /** What DL4J calls dropout is the share that is kept. */
  private static final double KEPT = 0.9;

  private static final int EVALUATED_AT_ONCE = 1000;

  private final Nd4jLoss loss = Nd4jLoss.named("contrastive", Map.of("margin", 1.0));
  private final ComputationGraph network;

  SiameseNetwork(long seed) {
    network = new ComputationGraph(new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new RmsProp(0.001, 0.9, 1e-7))
        .weightInit(WeightInit.XAVIER_UNIFORM)
        .activation(Activation.RELU)
        .graphBuilder()
        .addInputs("left", "right")
        // Stacked, both images go through the same layers.
        .addVertex("both", new StackVertex(), "left", "right")
        .addLayer("dense1", dense(FashionMnist.PIXELS).build(), "both")
        .addLayer("dense2", dense(UNITS).dropOut(KEPT).build(), "dense1")
        .addLayer("dense3", dense(UNITS).dropOut(KEPT).build(), "dense2")
        .addVertex("leftCode", new UnstackVertex(0, 2), "dense3")
        .addVertex("rightCode", new UnstackVertex(1, 2), "dense3")
        .addVertex("distance", new L2Vertex(), "leftCode", "rightCode")
        .addLayer(
            "loss", new LossLayer.Builder(loss).activation(Activation.IDENTITY).build(), "distance")
        .setOutputs("loss")
        .build());
    network.init();
  }

  private static DenseLayer.Builder dense(int inputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(UNITS);
  }

  /** One step of training; the loss before it. */
  double train(MultiDataSet batch) {
    network.fit(batch);
    return network.score();
  }

  /** How a trained network does on some pairs. */
  Evaluation evaluate(Pairs pairs) {
    float[] distances = new float[pairs.size()];
    double sum = 0;
    for (int from = 0; from < distances.length; from += EVALUATED_AT_ONCE) {
      int to = Math.min(from + EVALUATED_AT_ONCE, distances.length);
      MultiDataSet batch = pairs.batch(from, to);
      INDArray distance = network.output(false, batch.getFeatures())[0];
      sum += loss.computeScore(batch.getLabels(0), distance, new ActivationIdentity(), null, false);
      System.arraycopy(distance.toFloatVector(), 0, distances, from, to - from);
    }
    return new Evaluation(pairs, sum / distances.length, distances);
  }
}
