package dev.losses.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.LossErrorCode;
import dev.losses.api.LossException;
import dev.losses.engine.LossInputs;
import dev.losses.spi.Tensor;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

class Nd4jLossTest {
  private static final IActivation IDENTITY = new ActivationIdentity();
  // New ones for each test: DL4J's activations write to the pre-outputs they are given.
  private final INDArray labels = Nd4j.createFromArray(new double[][] {{0, 1}, {0, 0}});
  private final INDArray predictions =
      Nd4j.createFromArray(new double[][] {{0.6, 0.4}, {0.4, 0.6}});

  @Test
  void theScoreIsTheJavaApisLossAndTheGradientIsOfTheSum() {
    Nd4jLoss huber = Nd4jLoss.named("huber", Map.of("delta", 1.0));
    double mean = huber
        .loss()
        .evaluate(LossInputs.of(
            Tensor.of(new double[] {0, 1, 0, 0}, 2, 2),
            Tensor.of(new double[] {0.6, 0.4, 0.4, 0.6}, 2, 2)))
        .value();
    assertEquals(mean, huber.computeScore(labels, predictions, IDENTITY, null, true), 1e-15);
    assertEquals(2 * mean, huber.computeScore(labels, predictions, IDENTITY, null, false), 1e-15);
    INDArray gradient = huber.computeGradient(labels, predictions, IDENTITY, null);
    assertArrayEquals(
        new double[] {0.3, -0.3, 0.2, 0.3}, gradient.dup('c').data().asDouble(), 1e-15);
  }

  @Test
  void scoreAndGradientTogetherAreThoseOfTheCallsAlone() {
    Nd4jLoss loss = Nd4jLoss.named("log_cosh");
    Pair<Double, INDArray> both = loss.computeGradientAndScore(
        labels, predictions.dup(), new ActivationSigmoid(), null, true);
    assertEquals(
        loss.computeScore(labels, predictions, new ActivationSigmoid(), null, true),
        both.getFirst());
    assertEquals(
        loss.computeGradient(labels, predictions, new ActivationSigmoid(), null), both.getSecond());
  }

  @Test
  void neitherLabelsNorPreOutputsAreWrittenTo() {
    INDArray labelsBefore = labels.dup();
    INDArray preOutput = predictions.dup('f');
    Nd4jLoss loss = Nd4jLoss.named("mse");
    loss.computeScore(labels, preOutput, new ActivationSigmoid(), null, true);
    loss.computeScoreArray(labels, preOutput, new ActivationSigmoid(), null);
    assertEquals(labelsBefore, labels);
    assertEquals(predictions, preOutput);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"HALF", "BFLOAT16", "FLOAT", "DOUBLE"})
  void theAnswerHasTheTypeOfTheNetwork(DataType type) {
    Nd4jLoss loss = Nd4jLoss.named("mse");
    INDArray output = predictions.castTo(type);
    INDArray integers = labels.castTo(DataType.INT32);
    assertEquals(type, loss.computeGradient(integers, output, IDENTITY, null).dataType());
    assertEquals(type, loss.computeScoreArray(integers, output, IDENTITY, null).dataType());
    double exact = loss.computeScore(labels, predictions, IDENTITY, null, true);
    assertEquals(exact, loss.computeScore(integers, output, IDENTITY, null, true), 0.01);
  }

  @Test
  void aMaskedNanDoesNotPoisonScoreOrGradient() {
    INDArray padded = Nd4j.createFromArray(new double[][] {{0, 1}, {Double.NaN, 0}});
    INDArray mask = Nd4j.createFromArray(new double[][] {{1}, {0}});
    Nd4jLoss loss = Nd4jLoss.named("mse");
    assertEquals(0.36, loss.computeScore(padded, predictions, IDENTITY, mask, false), 1e-15);
    INDArray gradient = loss.computeGradient(padded, predictions, new ActivationSigmoid(), mask);
    assertEquals(0, gradient.getDouble(1, 0));
    assertEquals(0, gradient.getDouble(1, 1));
    assertTrue(Double.isFinite(gradient.sumNumber().doubleValue()));
  }

  @Test
  void aMaskedNanBeforeTheActivationDoesNotPoisonTheGradient() {
    INDArray preOutput = Nd4j.createFromArray(new double[][] {{0.6, 0.4}, {Double.NaN, 0.6}});
    INDArray byExample = Nd4j.createFromArray(new double[][] {{1}, {0}});
    INDArray byOutput = Nd4j.createFromArray(new double[][] {{1, 1}, {0, 1}});
    for (INDArray mask : new INDArray[] {byExample, byOutput}) {
      INDArray gradient = Nd4jLoss.named("mse")
          .computeGradient(labels, preOutput.dup(), new ActivationSigmoid(), mask);
      assertEquals(0, gradient.getDouble(1, 0));
      assertTrue(Double.isFinite(gradient.sumNumber().doubleValue()), gradient::toString);
    }
  }

  @Test
  void computingFromLogitsIsTheSameFunctionForAllParameters() {
    INDArray logits = Nd4j.createFromArray(new double[][] {{0.6, -1.4, 0.1}, {0.4, 2.6, -0.3}});
    INDArray oneHot = Nd4j.createFromArray(new double[][] {{0, 1, 0}, {1, 0, 0}});
    INDArray indices = Nd4j.createFromArray(new double[][] {{1}, {0}});
    Map<String, Object> smoothed = Map.of("label_smoothing", 0.2);
    assertSameFromLogits("binary_crossentropy", smoothed, oneHot, logits, new ActivationSigmoid());
    assertSameFromLogits(
        "binary_focal_crossentropy",
        Map.of("alpha", 0.3, "gamma", 1.5, "apply_class_balancing", true, "label_smoothing", 0.1),
        oneHot,
        logits,
        new ActivationSigmoid());
    assertSameFromLogits(
        "categorical_crossentropy", smoothed, oneHot, logits, new ActivationSoftmax());
    assertSameFromLogits(
        "categorical_focal_crossentropy",
        Map.of("alpha", 0.3, "gamma", 1.5, "label_smoothing", 0.1),
        oneHot,
        logits,
        new ActivationSoftmax());
    assertSameFromLogits(
        "sparse_categorical_crossentropy",
        Map.of("ignore_class", 1),
        indices,
        logits,
        new ActivationSoftmax());
  }

  private static void assertSameFromLogits(
      String name,
      Map<String, Object> parameters,
      INDArray labels,
      INDArray logits,
      IActivation activation) {
    Nd4jLoss loss = Nd4jLoss.named(name, parameters);
    INDArray probabilities = activation.getActivation(logits.dup(), true);
    assertEquals(
        loss.computeScore(labels, probabilities.dup(), IDENTITY, null, false),
        loss.computeScore(labels, logits.dup(), activation, null, false),
        1e-12);
    INDArray slope = loss.computeGradient(labels, probabilities.dup(), IDENTITY, null);
    assertArrayEquals(
        activation.backprop(logits.dup(), slope).getFirst().dup('c').data().asDouble(),
        loss.computeGradient(labels, logits.dup(), activation, null)
            .dup('c')
            .data()
            .asDouble(),
        1e-12);
  }

  @Test
  void aNumberInTheMaskIsAWeight() {
    INDArray mask = Nd4j.createFromArray(new double[][] {{0.5}, {2}});
    Nd4jLoss loss = Nd4jLoss.named("mse");
    INDArray scores = loss.computeScoreArray(labels, predictions, IDENTITY, mask);
    assertArrayEquals(new double[] {0.18, 0.52}, scores.data().asDouble(), 1e-15);
  }

  @Test
  void aRecurrentNetworkWithMaskedStepsTrainsAsWithDl4jsLoss() {
    INDArray features = Networks.uniform(DataType.FLOAT, 1, 4, 3, 5);
    INDArray labels = Networks.uniform(DataType.FLOAT, 2, 4, 2, 5);
    INDArray mask = Networks.uniform(DataType.FLOAT, 3, 4, 5).gt(0.4).castTo(DataType.FLOAT);
    MultiLayerNetwork theirs = recurrent(new LossMSE());
    MultiLayerNetwork ours = recurrent(Nd4jLoss.named("mse"));
    for (int step = 0; step < 20; step++) {
      DataSet batch = new DataSet(features, labels, null, mask);
      theirs.fit(batch);
      ours.fit(batch);
      assertEquals(theirs.score(), ours.score(), 1e-5);
    }
  }

  private static MultiLayerNetwork recurrent(ILossFunction loss) {
    MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
        .seed(3)
        .updater(new Sgd(0.1))
        .list()
        .layer(new LSTM.Builder().nIn(3).nOut(4).build())
        .layer(new RnnOutputLayer.Builder(loss)
            .activation(Activation.SIGMOID)
            .nIn(4)
            .nOut(2)
            .build())
        .build());
    network.init();
    return network;
  }

  /** Dice is one loss for the whole batch; DL4J divides scores and gradients by the number of examples. */
  @Test
  void aLossOfTheWholeBatchIsTheScoreOfEveryExample() {
    Nd4jLoss dice = Nd4jLoss.named("dice");
    double loss = dice.computeScore(labels, predictions, IDENTITY, null, true);
    double value = dice.loss().evaluate(Nd4jTensors.inputs(labels, predictions)).value();
    assertEquals(value, loss, 1e-15);
    assertEquals(2 * value, dice.computeScore(labels, predictions, IDENTITY, null, false), 1e-15);
    assertArrayEquals(
        new double[] {value, value},
        dice.computeScoreArray(labels, predictions, IDENTITY, null).data().asDouble(),
        1e-15);
    INDArray gradient = dice.computeGradient(labels, predictions, IDENTITY, null);
    INDArray moved = predictions.dup().putScalar(0, 1, 0.4 + 1e-6);
    double slope = (dice.computeScore(labels, moved, IDENTITY, null, false) - 2 * value) / 1e-6;
    assertEquals(slope, gradient.getDouble(0, 1), 1e-4);
  }

  @Test
  void severalLossesOfAnExampleAreAveraged() {
    Nd4jLoss byOutput = Nd4jLoss.of(new ByOutput());
    Nd4jLoss mse = Nd4jLoss.named("mse");
    for (boolean average : new boolean[] {true, false}) {
      assertEquals(
          mse.computeScore(labels, predictions, IDENTITY, null, average),
          byOutput.computeScore(labels, predictions, IDENTITY, null, average),
          1e-15);
    }
    assertEquals(
        mse.computeScoreArray(labels, predictions, IDENTITY, null),
        byOutput.computeScoreArray(labels, predictions, IDENTITY, null));
    assertEquals(
        mse.computeGradient(labels, predictions, IDENTITY, null),
        byOutput.computeGradient(labels, predictions, IDENTITY, null));
  }

  /** Squared errors, one for each output. */
  public record ByOutput() implements TensorLoss {
    @Override
    public INDArray loss(INDArray yTrue, INDArray yPred) {
      INDArray error = yPred.sub(yTrue);
      return error.mul(error);
    }

    @Override
    public INDArray gradient(INDArray yTrue, INDArray yPred, INDArray upstream) {
      return yPred.sub(yTrue).mul(2).mul(upstream);
    }
  }

  @Test
  void aCrossEntropyKeepsItsGradientWhereTheProbabilityHasRoundedToZero() {
    INDArray oneHot = Nd4j.createFromArray(new float[][] {{1, 0}});
    INDArray logits = Nd4j.createFromArray(new float[][] {{-200, 200}});
    Nd4jLoss loss = Nd4jLoss.named("categorical_crossentropy");
    assertEquals(400, loss.computeScore(oneHot, logits, new ActivationSoftmax(), null, true), 1e-3);
    INDArray gradient = loss.computeGradient(oneHot, logits, new ActivationSoftmax(), null);
    assertArrayEquals(new double[] {-1, 1}, gradient.dup('c').data().asDouble(), 1e-6);
  }

  @Test
  void shapesThatDoNotFitAreBothNamed() {
    INDArray wider = Nd4j.zeros(DataType.DOUBLE, 2, 3);
    LossException refusal = assertThrows(
        LossException.class,
        () -> Nd4jLoss.named("mse").computeScore(wider, predictions, IDENTITY, null, true));
    assertEquals(LossErrorCode.INVALID_INPUTS, refusal.code());
    assertTrue(refusal.getMessage().contains("[2, 3]"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("[2, 2]"), refusal.getMessage());
  }

  @Test
  void aBatchWithoutExamplesIsRefused() {
    INDArray none = Nd4j.empty(DataType.DOUBLE).reshape(0, 2);
    LossException refusal = assertThrows(
        LossException.class,
        () -> Nd4jLoss.named("mse").computeScore(none, none, IDENTITY, null, true));
    assertEquals(LossErrorCode.INVALID_INPUTS, refusal.code());
  }

  @Test
  void shapesOfTheSameSizeAreNotTakenForOneAnotherOutputByOutput() {
    INDArray turned = Nd4j.zeros(DataType.DOUBLE, 3, 2);
    INDArray wide = Nd4j.zeros(DataType.DOUBLE, 2, 3);
    INDArray mask = Nd4j.ones(DataType.DOUBLE, 2, 3);
    Nd4jLoss mse = Nd4jLoss.named("mse");
    for (Runnable call : List.<Runnable>of(
        () -> mse.summedOverOutputs().computeScore(turned, wide, IDENTITY, null, true),
        () -> mse.computeScore(turned, wide, IDENTITY, mask, true))) {
      LossException refusal = assertThrows(LossException.class, call::run);
      assertTrue(refusal.getMessage().contains("[3, 2]"), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("[2, 3]"), refusal.getMessage());
    }
    INDArray turnedMask = Nd4j.ones(DataType.DOUBLE, 3, 2);
    assertThrows(
        LossException.class, () -> mse.computeScore(wide, wide, IDENTITY, turnedMask, true));
  }

  @Test
  void aLossThatMayLookAlongRowsIsNotComputedOutputByOutput() {
    assertThrows(
        IllegalArgumentException.class, () -> Nd4jLoss.named("log_loss").summedOverOutputs());
  }

  @Test
  void aMaskThatFitsNothingIsRefusedWithBothShapes() {
    INDArray mask = Nd4j.ones(DataType.DOUBLE, 3, 1);
    LossException refusal = assertThrows(
        LossException.class,
        () -> Nd4jLoss.named("mse").computeScore(labels, predictions, IDENTITY, mask, true));
    assertEquals(
        "/mask: has shape [3, 1], which is neither one number for each example nor one for each "
            + "output; the predictions have shape [2, 2]",
        refusal.getMessage());
  }

  @Test
  void aMaskThatFitsNothingIsNotDroppedWhereLabelsAreClasses() {
    INDArray classes = Nd4j.createFromArray(new double[][] {{1}, {0}});
    Nd4jLoss loss = Nd4jLoss.named("sparse_categorical_crossentropy");
    for (INDArray mask :
        new INDArray[] {Nd4j.ones(DataType.DOUBLE, 3, 1), Nd4j.ones(DataType.DOUBLE, 2, 2)}) {
      LossException refusal = assertThrows(
          LossException.class,
          () -> loss.computeScore(classes, predictions, new ActivationSoftmax(), mask, true));
      assertTrue(refusal.getMessage().startsWith("/mask: "), refusal.getMessage());
    }
  }

  @Test
  void aLossOfRowsRefusesAMaskOfOutputs() {
    INDArray mask = Nd4j.ones(DataType.DOUBLE, 2, 2);
    LossException refusal = assertThrows(
        LossException.class,
        () -> Nd4jLoss.named("cosine_similarity")
            .computeScore(labels, predictions, IDENTITY, mask, true));
    assertEquals(
        "/mask: has shape [2, 2], which is not one number for each of the 2 examples, and the loss "
            + "'cosine_similarity' is computed from an example's outputs as a whole",
        refusal.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Nd4jLoss.named("cosine_similarity").summedOverOutputs());
  }

  @Test
  void aLabelOutsideItsDomainIsNamedByItsPosition() {
    LossException refusal = assertThrows(
        LossException.class,
        () -> Nd4jLoss.named("contrastive")
            .computeScore(predictions, labels.sub(1), IDENTITY, null, true));
    assertTrue(refusal.getMessage().contains("/y_pred/0/0"), refusal.getMessage());
  }

  @Test
  void aLossOfOtherInputsThanLabelsAndPredictionsIsRefused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Nd4jLoss.named("triplet_margin"));
    assertEquals(
        "The loss 'triplet_margin' takes anchor, positive, negative; "
            + "an output layer has labels and predictions only",
        refusal.getMessage());
  }

  @Test
  void anUnknownNameListsNearOnes() {
    LossException refusal =
        assertThrows(LossException.class, () -> Nd4jLoss.named("mean_squared_eror"));
    assertTrue(refusal.getMessage().contains("mean_squared_error"), refusal.getMessage());
  }

  @Test
  void equalityIsOfNameAndParameters() {
    Nd4jLoss loss = Nd4jLoss.named("huber", Map.of("delta", 2));
    assertEquals(Nd4jLoss.named("Huber", Map.of("delta", 2.0)), loss);
    assertEquals(loss.hashCode(), Nd4jLoss.named("huber", Map.of("delta", 2.0)).hashCode());
    assertFalse(loss.equals(Nd4jLoss.named("huber")));
    assertFalse(loss.equals(loss.summedOverOutputs()));
    assertEquals("huber{delta=2.0}", loss.toString());
  }
}
