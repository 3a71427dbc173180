package dev.losses.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.api.LossSource;
import dev.losses.spi.Expr;
import dev.losses.spi.FormulaLoss;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** A saved model keeps the name and the parameters of its loss, and finds the loss again. */
class ModelFormatTest {
  private static final INDArray FEATURES = Networks.uniform(DataType.FLOAT, 1, 8, Networks.INPUTS);
  private static final INDArray LABELS = Networks.uniform(DataType.FLOAT, 2, 8, 3);

  @AfterEach
  void lookUpInTheClassPath() {
    Nd4jLoss.lookUpIn(LossCatalog.load());
  }

  static List<Nd4jLoss> losses() {
    return List.of(
        Nd4jLoss.named("huber", Map.of("delta", 0.25)),
        Nd4jLoss.named("mse").summedOverOutputs(),
        Nd4jLoss.named("categorical_crossentropy", Map.of("from_logits", true)),
        Nd4jLoss.named("cross_entropy", Map.of("weight", List.of(1.0, 2.0, 0.5))));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aSavedModelTrainsOnWithTheSameLoss(Nd4jLoss loss) throws IOException {
    MultiLayerNetwork network = network(loss);
    MultiLayerNetwork loaded = load(save(network));

    assertEquals(loss, lossOf(loaded));
    network.fit(FEATURES, LABELS);
    loaded.fit(FEATURES, LABELS);
    assertEquals(network.score(), loaded.score());
    assertEquals(network.params(), loaded.params());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void javaSerializationKeepsItToo(Nd4jLoss loss) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(loss);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(loss, in.readObject());
    }
  }

  @Test
  void aConfigurationIsReadFromYamlToo() {
    MultiLayerNetwork network = network(Nd4jLoss.named("huber", Map.of("delta", 0.25)));
    String yaml = network.getLayerWiseConfigurations().toYaml();
    assertEquals(network.getLayerWiseConfigurations(), MultiLayerConfiguration.fromYaml(yaml));
  }

  @Test
  void aLossThatTheCatalogueDoesNotKnowIsNamedWithTheFix() throws IOException {
    LossDefinition distance =
        LossDefinition.of(new Distance(), new LossSource("my-losses", "1", "sha256:0"));
    Nd4jLoss.lookUpIn(LossCatalog.of(List.of(distance)));
    byte[] model = save(network(Nd4jLoss.named("distance", Map.of("epsilon", 0.01))));
    assertEquals("distance", lossOf(load(model)).name());

    Nd4jLoss.lookUpIn(LossCatalog.load());
    Exception refusal = assertThrows(Exception.class, () -> load(model));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(
        message.contains("The model's configuration names the loss 'distance' of my-losses"),
        message);
    assertTrue(message.contains("There is no loss 'distance'"), message);
    assertTrue(
        message.contains(
            "META-INF/services/dev.losses.spi.LossFunction), or call Nd4jLoss.lookUpIn"),
        message);
  }

  @Test
  void aLossOfTheSameNameIsNotTakenForTheCatalogues() throws IOException {
    byte[] model = save(network(Nd4jLoss.of(new Huber(2))));
    Exception refusal = assertThrows(Exception.class, () -> load(model));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("The loss of that name here is another one"), message);
  }

  /** Named as one of the catalogue is, and another one. */
  public record Huber(double delta) implements FormulaLoss {
    @Override
    public Expr loss(Expr yTrue, Expr yPred) {
      return yTrue.minus(yPred).abs().times(delta);
    }
  }

  private static MultiLayerNetwork network(ILossFunction loss) {
    return Networks.of(loss, Activation.IDENTITY, 3, DataType.FLOAT, new Sgd(0.1));
  }

  private static byte[] save(MultiLayerNetwork network) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, bytes, true);
    return bytes.toByteArray();
  }

  private static MultiLayerNetwork load(byte[] model) throws IOException {
    return ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model), true);
  }

  private static ILossFunction lossOf(MultiLayerNetwork network) {
    return ((BaseOutputLayer) network.getOutputLayer().conf().getLayer()).getLossFn();
  }
}
