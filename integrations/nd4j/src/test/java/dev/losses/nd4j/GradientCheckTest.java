package dev.losses.nd4j;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** DL4J's own check of a network's gradients against finite differences of its score. */
@Tag("every-jdk")
class GradientCheckTest {
  private static final int ROWS = 6;
  private static final int OUTPUTS = 3;

  private static DataType before;

  /** The check insists on it. */
  @BeforeAll
  static void computeInDouble() {
    before = Nd4j.dataType();
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void computeAsBefore() {
    Nd4j.setDefaultDataTypes(before, before);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void dl4jsOwnGradientCheckPasses(Case tested) {
    assertTrue(GradientCheckUtil.checkGradients(check(tested)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void itPassesWithAMaskOfExamplesToo(Case tested) {
    INDArray mask = Nd4j.createFromArray(new double[][] {{1}, {0}, {1}, {1}, {0}, {1}});
    assertTrue(GradientCheckUtil.checkGradients(check(tested).labelMask(mask)));
  }

  @Test
  void aWrongGradientFailsIt() {
    Case wrong = new Case(
        Nd4jLoss.of(new WrongGradient()),
        Activation.TANH,
        Networks.uniform(DataType.DOUBLE, 2, ROWS, OUTPUTS),
        OUTPUTS);
    assertFalse(GradientCheckUtil.checkGradients(check(wrong)));
  }

  /** A distance whose author forgot the minus. */
  public record WrongGradient() implements TensorLoss {
    @Override
    public INDArray loss(INDArray yTrue, INDArray yPred) {
      return new Distance().loss(yTrue, yPred);
    }

    @Override
    public INDArray gradient(INDArray yTrue, INDArray yPred, INDArray upstream) {
      return new Distance().gradient(yTrue, yPred, upstream).neg();
    }
  }

  private static MLNConfig check(Case tested) {
    MultiLayerNetwork network =
        Networks.of(tested.loss, tested.activation, tested.outputs, DataType.DOUBLE, new NoOp());
    return new MLNConfig()
        .net(network)
        .input(Networks.uniform(DataType.DOUBLE, 1, ROWS, Networks.INPUTS))
        .labels(tested.labels)
        .epsilon(1e-6)
        .maxRelError(1e-4)
        .minAbsoluteError(1e-8)
        .exitOnFirstError(false);
  }

  static Stream<Case> losses() {
    INDArray numbers = Networks.uniform(DataType.DOUBLE, 2, ROWS, OUTPUTS);
    INDArray oneHot = Networks.oneHot(DataType.DOUBLE, ROWS, OUTPUTS);
    INDArray signs = oneHot.mul(2).sub(1);
    INDArray pairs = oneHot.getColumn(0, true).dup();
    INDArray indices = Networks.indices(DataType.DOUBLE, ROWS, OUTPUTS);
    Map<String, Boolean> logits = Map.of("from_logits", true);
    return Stream.of(
        of("mean_squared_error", Activation.IDENTITY, numbers),
        of("mean_squared_error", Activation.SIGMOID, numbers),
        of("mean_absolute_error", Activation.TANH, numbers),
        of("mean_squared_logarithmic_error", Activation.SIGMOID, numbers),
        of("huber", Map.of("delta", 0.3), Activation.IDENTITY, numbers),
        of("log_cosh", Activation.IDENTITY, numbers),
        of("quantile", Map.of("quantile", 0.9), Activation.IDENTITY, numbers),
        of("poisson", Activation.SOFTPLUS, numbers),
        of("hinge", Activation.TANH, signs),
        of("squared_hinge", Activation.TANH, signs),
        of("binary_crossentropy", Activation.SIGMOID, numbers),
        of("binary_crossentropy", logits, Activation.IDENTITY, numbers),
        of("binary_focal_crossentropy", Activation.SIGMOID, oneHot),
        of("categorical_crossentropy", Activation.SOFTMAX, oneHot),
        of("categorical_crossentropy", Activation.SIGMOID, oneHot),
        of("categorical_crossentropy", logits, Activation.IDENTITY, oneHot),
        of("categorical_focal_crossentropy", Activation.SOFTMAX, oneHot),
        of("sparse_categorical_crossentropy", Activation.SOFTMAX, indices),
        of("kl_divergence", Activation.SOFTMAX, oneHot),
        of("brier", Activation.SOFTMAX, oneHot),
        of("categorical_hinge", Activation.IDENTITY, oneHot),
        of("cosine_similarity", Activation.TANH, numbers),
        of("contrastive", Activation.SOFTPLUS, pairs),
        new Case(
            Nd4jLoss.named("mean_squared_error").summedOverOutputs(),
            Activation.TANH,
            numbers,
            OUTPUTS),
        new Case(Nd4jLoss.of(new Distance()), Activation.TANH, numbers, OUTPUTS));
  }

  private static Case of(String loss, Activation activation, INDArray labels) {
    return of(loss, Map.of(), activation, labels);
  }

  private static Case of(
      String loss, Map<String, ?> parameters, Activation activation, INDArray labels) {
    int outputs = loss.startsWith("contrastive") ? 1 : OUTPUTS;
    return new Case(Nd4jLoss.named(loss, parameters), activation, labels, outputs);
  }

  /** A loss, the activation before it, and labels for it. */
  record Case(Nd4jLoss loss, Activation activation, INDArray labels, int outputs) {
    @Override
    public String toString() {
      return loss + " after " + activation;
    }
  }
}
