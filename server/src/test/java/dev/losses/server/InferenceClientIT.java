package dev.losses.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import triton.client.InferInput;
import triton.client.InferRequestedOutput;
import triton.client.InferResult;
import triton.client.InferenceException;
import triton.client.InferenceServerClient;
import triton.client.InferenceServerClient.InferArguments;
import triton.client.pojo.DataType;

/** A client of Triton that was written by others finds its way. */
// The client logs what is refused, which the tests do not care about.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "logging.level.triton.client=off")
class InferenceClientIT {
  private static final float[] TRUE = {0, 1, 0, 0};
  private static final float[] PRED = {0.6f, 0.4f, 0.4f, 0.6f};
  private static final float[] GRADIENT = {0.15f, -0.15f, 0.1f, 0.15f};

  @LocalServerPort
  private int port;

  private InferenceServerClient client;

  @BeforeEach
  void connect() throws Exception {
    client = new InferenceServerClient("localhost:" + port, 5_000, 30_000);
    client.setRetryCnt(1);
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  @Test
  void itsDefaultAsksForAllOutputsInBinaryAndGetsTheLoss() throws Exception {
    InferResult result = client.infer(new InferArguments("huber", pair(true)));
    assertEquals(List.of("loss"), result.getOutputs());
    assertArrayEquals(new float[] {0.155f}, result.getOutputAsFloat("loss"), 1e-7f);
  }

  @Test
  void itGetsGradientsInBinaryAndInJson() throws Exception {
    for (boolean binary : new boolean[] {true, false}) {
      InferResult result = client.infer(
          "huber",
          List.of(pair(binary)),
          List.of(
              new InferRequestedOutput("loss", binary),
              new InferRequestedOutput("gradient_y_pred", binary)));
      assertArrayEquals(new float[] {0.155f}, result.getOutputAsFloat("loss"), 1e-7f);
      assertArrayEquals(GRADIENT, result.getOutputAsFloat("gradient_y_pred"), 1e-7f);
    }
  }

  @Test
  void whatItCannotSendAsParametersItSendsInTheQueryAndAsTensors() throws Exception {
    InferInput delta = new InferInput("delta", new long[] {1}, DataType.FP64);
    delta.setData(new double[] {0.25}, true);
    InferInput weight = new InferInput("sample_weight", new long[] {2}, DataType.FP32);
    weight.setData(new float[] {1, 0.5f}, true);
    InferInput[] pair = pair(true);
    InferArguments arguments = new InferArguments(
            "huber",
            List.of(pair[0], pair[1], delta, weight),
            List.of(new InferRequestedOutput("loss")))
        .setRequestId("a request")
        .setSequenceId(7)
        .setSequenceStart(true)
        .setPriority(1)
        .setTimeout(1_000)
        .addQueryParam("reduction", "none");
    InferResult result = client.infer(arguments);
    assertArrayEquals(new float[] {0.11875f, 0.046875f}, result.getOutputAsFloat("loss"), 1e-6f);
  }

  @Test
  void itReadsWhatIsWrong() throws Exception {
    InferInput[] pair = pair(true);
    InferenceException e = assertThrows(
        InferenceException.class, () -> client.infer(new InferArguments("huber", pair[0])));
    assertTrue(
        e.getMessage().contains("/y_pred: missing; the loss takes y_true, y_pred"), e.getMessage());
    e = assertThrows(
        InferenceException.class, () -> client.infer(new InferArguments("hubber", pair)));
    assertTrue(e.getMessage().contains("Did you mean huber?"), e.getMessage());
    assertEquals(
        List.of("loss"), client.infer(new InferArguments("huber", pair)).getOutputs());
  }

  private static InferInput[] pair(boolean binary) {
    InferInput yTrue = new InferInput("y_true", new long[] {2, 2}, DataType.FP32);
    yTrue.setData(TRUE, binary);
    InferInput yPred = new InferInput("y_pred", new long[] {2, 2}, DataType.FP32);
    yPred.setData(PRED, binary);
    return new InferInput[] {yTrue, yPred};
  }
}
