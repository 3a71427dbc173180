package dev.losses.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Beside DL4J's own loss of the same formula: the same scores, the same gradients, the same training. */
class Dl4jPeersTest {
  private static final int ROWS = 32;
  private static final int STEPS = 300;
  /** Of a number, or of 1 where that is more. */
  private static final double TOLERANCE = 1e-5;
  /** For trainings whose gradient is a sign: rounding decides where a step goes from a kink, and steps add up. */
  private static final double TOLERANCE_OF_SIGNS = 1e-3;

  @ParameterizedTest
  @MethodSource("peers")
  void scoresAndGradientsAreTheSame(Peers peers) {
    INDArray oneExampleOut = Nd4j.ones(DataType.FLOAT, ROWS, 1).putScalar(3, 0, 0);
    for (INDArray mask : new INDArray[] {null, oneExampleOut}) {
      compare(peers, mask);
    }
  }

  @ParameterizedTest
  @MethodSource("byOutput")
  void aMaskOfOutputsActsTheSame(Peers peers) {
    compare(
        peers,
        Networks.uniform(DataType.FLOAT, 3, ROWS, peers.outputs).gt(0.3).castTo(DataType.FLOAT));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void everyStepOfATrainingHasTheSameScore(Peers peers) {
    MultiLayerNetwork theirs = peers.network(peers.theirs);
    MultiLayerNetwork ours = peers.network(peers.ours);
    boolean signs = peers.theirs instanceof LossL1; // LossMAE is one, too.
    double tolerance = signs ? TOLERANCE_OF_SIGNS : TOLERANCE;
    for (int step = 0; step < STEPS; step++) {
      INDArray features = Networks.uniform(DataType.FLOAT, step, ROWS, Networks.INPUTS);
      DataSet batch = new DataSet(features, peers.labels);
      theirs.fit(batch);
      ours.fit(batch);
      assertEquals(theirs.score(), ours.score(), tolerance * Math.max(1, theirs.score()));
    }
  }

  private static void compare(Peers peers, INDArray mask) {
    INDArray preOutput = Networks.uniform(DataType.FLOAT, 1, ROWS, peers.outputs)
        .subi(0.5)
        .mul(4)
        .dup('f');
    IActivation activation = peers.activation.getActivationFunction();
    for (boolean average : new boolean[] {true, false}) {
      assertClose(
          peers.theirs.computeScore(peers.labels, preOutput.dup('f'), activation, mask, average),
          peers.ours.computeScore(peers.labels, preOutput.dup('f'), activation, mask, average));
    }
    // DL4J's MAE divides the score by the number of outputs, but not the scores of the examples.
    if (!(peers.theirs instanceof LossMAE)) {
      assertClose(
          peers.theirs.computeScoreArray(peers.labels, preOutput.dup('f'), activation, mask),
          peers.ours.computeScoreArray(peers.labels, preOutput.dup('f'), activation, mask));
    }
    assertClose(
        peers.theirs.computeGradient(peers.labels, preOutput.dup('f'), activation, mask),
        peers.ours.computeGradient(peers.labels, preOutput.dup('f'), activation, mask));
  }

  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, TOLERANCE * Math.max(1, Math.abs(expected)));
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    assertArrayEquals(expected.shape(), actual.shape());
    assertEquals(expected.dataType(), actual.dataType());
    for (long i = 0; i < expected.length(); i++) {
      assertClose(expected.dup('c').getDouble(i), actual.dup('c').getDouble(i));
    }
  }

  static Stream<Peers> peers() {
    INDArray oneHot = Networks.oneHot(DataType.FLOAT, ROWS, 3);
    return Stream.concat(
        byOutput(),
        Stream.of(new Peers(
            new LossMCXENT(),
            Nd4jLoss.named("categorical_crossentropy"),
            Activation.SOFTMAX,
            oneHot,
            3)));
  }

  static Stream<Peers> byOutput() {
    INDArray numbers = Networks.uniform(DataType.FLOAT, 2, ROWS, 3);
    INDArray oneHot = Networks.oneHot(DataType.FLOAT, ROWS, 3);
    Nd4jLoss mse = Nd4jLoss.named("mean_squared_error");
    Nd4jLoss mae = Nd4jLoss.named("mean_absolute_error");
    Nd4jLoss bce = Nd4jLoss.named("binary_crossentropy");
    return Stream.of(
        new Peers(new LossMSE(), mse, Activation.IDENTITY, numbers, 3),
        new Peers(new LossMSE(), mse, Activation.SIGMOID, numbers, 3),
        new Peers(new LossMAE(), mae, Activation.TANH, numbers, 3),
        new Peers(new LossL1(), mae.summedOverOutputs(), Activation.TANH, numbers, 3),
        new Peers(new LossL2(), mse.summedOverOutputs(), Activation.TANH, numbers, 3),
        new Peers(new LossBinaryXENT(), bce.summedOverOutputs(), Activation.SIGMOID, oneHot, 3));
  }

  /** Theirs and ours, and what they are compared on. */
  record Peers(
      ILossFunction theirs, Nd4jLoss ours, Activation activation, INDArray labels, int outputs) {

    MultiLayerNetwork network(ILossFunction loss) {
      return Networks.of(loss, activation, outputs, DataType.FLOAT, new Sgd(0.1));
    }

    @Override
    public String toString() {
      return theirs + " and " + ours;
    }
  }
}
