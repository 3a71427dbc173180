package dev.losses.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.server.codec.DecodedArray;
import dev.losses.server.codec.NpyReader;
import dev.losses.server.codec.NpzReader;
import dev.losses.server.codec.NpzWriter;
import dev.losses.spi.DType;
import dev.losses.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Arrays come in and go out in the formats of numpy, in forms and as CSV. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FormatsIT {
  private static final String HUBER = "/v1/losses/huber/evaluate";
  private static final String NPZ = "application/x-npz";
  private static final String NPY = "application/x-npy";
  private static final Tensor Y_TRUE = Tensor.of(new float[] {0, 1, 0, 0}, 2, 2);
  private static final Tensor Y_PRED = Tensor.of(new float[] {0.5f, 0.25f, 0.5f, 4}, 2, 2);
  private static final double LOSS = 1.0078125;

  @LocalServerPort
  private int port;

  private Client client;

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @AfterEach
  void theNextRequestWorks() {
    Client.Answer next = client.huber("{\"y_true\": [1], \"y_pred\": [3]}");
    assertEquals(1.5, next.json().path("loss").asDouble(), next.body());
  }

  @Test
  void aFormOfNpyFilesGivesWhatJsonGives() {
    Client.Answer answer = form(new Form()
        .npy("y_true", Y_TRUE)
        .npy("y_pred", Y_PRED)
        .text("parameters", "{\"delta\": 1}")
        .text("gradient", "true"));
    assertEquals(LOSS, answer.json().path("loss").asDouble(), answer.body());
    assertEquals("float32", answer.json().path("dtype").asString());
    assertEquals(
        "[[0.125,-0.1875],[0.125,0.25]]", answer.json().at("/gradients/y_pred").toString());
  }

  @Test
  void partsMayBeNumbersAsJsonOrCsvAndParametersMayHavePartsOfTheirOwn() {
    Client.Answer answer = form(new Form()
        .text("y_true", "[[0, 1], [0, 0]]")
        .file("y_pred", "preds.csv", "0.5,0.25\n0.5,4\n".getBytes(UTF_8))
        .text("delta", "2")
        .text("reduction", "sum")
        .text("sample_weight", "[1, 0]"));
    assertEquals("float64", answer.json().path("dtype").asString(), answer.body());
    assertEquals("sum", answer.json().path("reduction").asString());
    assertEquals(2, answer.json().at("/parameters/delta").asDouble());
    assertEquals((0.125 + 0.28125) / 2, answer.json().path("loss").asDouble());
  }

  @Test
  void textFollowsTheDTypeOfTheArrays() {
    Client.Answer answer =
        form(new Form().text("y_true", "[[0, 1], [0, 0]]").npy("y_pred", Y_PRED));
    assertEquals("float32", answer.json().path("dtype").asString(), answer.body());
  }

  @Test
  void oneFloat64ArrayIsEnoughForNoDigitToBeDropped() {
    Tensor precise = Tensor.of(new double[] {0, 1, 0, 0}, 2, 2);
    Client.Answer answer = form(new Form().npy("y_true", precise).npy("y_pred", Y_PRED));
    assertEquals("float64", answer.json().path("dtype").asString(), answer.body());
  }

  @Test
  void aMaskIsAnArrayOfOnesAndZeros() {
    Client.Answer answer = form(new Form()
        .npy("y_true", Y_TRUE)
        .npy("y_pred", Y_PRED)
        .npy("mask", Tensor.of(new float[] {1, 0}, 2)));
    assertEquals(0.203125, answer.json().path("loss").asDouble(), answer.body());
  }

  @Test
  void aMaskMayBeJsonOfEitherKind() {
    for (String mask : List.of("[true, false]", "[1, 0]")) {
      Client.Answer answer =
          form(new Form().npy("y_true", Y_TRUE).npy("y_pred", Y_PRED).text("mask", mask));
      assertEquals(0.203125, answer.json().path("loss").asDouble(), answer.body());
      answer = client.huber(
          "{\"y_true\": [[0, 1], [0, 0]], \"y_pred\": [[0.5, 0.25], [0.5, 4]], \"mask\": " + mask
              + "}");
      assertEquals(0.203125, answer.json().path("loss").asDouble(), answer.body());
    }
  }

  @Test
  void optionsMayBeWrittenAsPythonWritesThem() {
    Client.Answer answer =
        form(new Form().npy("y_true", Y_TRUE).npy("y_pred", Y_PRED).text("gradient", "True"));
    assertTrue(answer.json().has("gradients"), answer.body());
  }

  @Test
  void aMistypedParameterIsRecognized() throws IOException {
    byte[] npz = npz(Map.of("y_true", Y_TRUE, "y_pred", Y_PRED));
    assertRefused(
        client.post(HUBER + "?delt=2", NPZ, npz).errors(),
        "/delt: unknown field; did you mean delta?");
    assertRefused(
        client.post(HUBER + "?y_true=2", NPZ, npz).errors(),
        "/y_true: belongs into the body, not into the query");
  }

  @Test
  void anNpzIsAWholeRequestWithItsParametersInTheQuery() throws IOException {
    byte[] npz = npz(Map.of("y_true", Y_TRUE, "y_pred", Y_PRED));
    Client.Answer answer = client.post(HUBER + "?delta=1&reduction=sum", NPZ, npz);
    assertEquals(2 * LOSS, answer.json().path("loss").asDouble(), answer.body());
    answer = client.post(HUBER + "?parameters=%7B%22delta%22%3A1%7D", NPZ, npz);
    assertEquals(LOSS, answer.json().path("loss").asDouble(), answer.body());
  }

  @Test
  void anNpzAnswerHasTheLossAndItsGradients() throws IOException {
    HttpResponse<byte[]> answer = accepting(NPZ, HUBER + "?gradient=true");
    assertEquals(NPZ, answer.headers().firstValue("content-type").orElseThrow());
    assertTrue(
        answer.headers().firstValue("losses-source").orElseThrow().startsWith("huber@"),
        answer.headers().toString());
    Map<String, DecodedArray> arrays = NpzReader.read(
        new ByteArrayInputStream(answer.body()),
        Set.of("loss", "gradient_y_pred"),
        Long.MAX_VALUE,
        bytes -> {});
    Tensor loss = arrays.get("loss").tensor();
    assertEquals(0, loss.rank());
    assertEquals(DType.FLOAT32, loss.dtype());
    assertEquals(LOSS, loss.get(0));
    assertArrayEquals(
        new float[] {0.125f, -0.1875f, 0.125f, 0.25f},
        arrays.get("gradient_y_pred").tensor().floats());
  }

  @Test
  void anNpyAnswerIsTheLoss() throws IOException {
    HttpResponse<byte[]> answer = accepting(NPY, HUBER + "?reduction=none");
    Tensor losses = NpyReader.readWhole(
            new ByteArrayInputStream(answer.body()), Long.MAX_VALUE, bytes -> {})
        .tensor();
    assertArrayEquals(new float[] {0.203125f, 1.8125f}, losses.floats());
  }

  @Test
  void anNpyAnswerHasNoPlaceForGradients() {
    HttpResponse<byte[]> answer = accepting(NPY, HUBER + "?gradient=true");
    assertEquals(406, answer.statusCode());
    assertTrue(new String(answer.body(), UTF_8).contains("for gradients accept " + NPZ));
  }

  @Test
  void theAnswerTakesTheFormatThatIsLikedBest() {
    HttpResponse<byte[]> answer =
        accepting("application/json;q=0.5, application/*;q=0.1, " + NPY, HUBER);
    assertEquals(NPY, answer.headers().firstValue("content-type").orElseThrow());
  }

  @Test
  void anAcceptHeaderWithNothingInItAcceptsAnything() {
    HttpResponse<byte[]> answer = accepting("", HUBER);
    assertEquals("application/json", answer.headers().firstValue("content-type").orElseThrow());
  }

  @Test
  void anAcceptHeaderThatCannotBeReadIsRefused() {
    String many = "a/b" + ", a/b".repeat(60);
    assertEquals(406, accepting(many, HUBER).statusCode());
    assertEquals(406, accepting("nonsense", HUBER).statusCode());
  }

  @Test
  void anErrorIsAProblemDocumentWhateverIsAccepted() {
    HttpResponse<byte[]> answer = accepting(NPZ, "/v1/losses/hubert/evaluate");
    assertEquals(404, answer.statusCode());
    assertTrue(new String(answer.body(), UTF_8).contains("\"unknown-loss\""));
  }

  @Test
  void aFormMayAskForSeveralLosses() {
    Client.Answer answer = client.post(
        "/v1/evaluate",
        Form.CONTENT_TYPE,
        new Form()
            .npy("y_true", Y_TRUE)
            .npy("y_pred", Y_PRED)
            .text("losses", "[{\"name\": \"huber\"}, {\"name\": \"nope\"}]")
            .toBytes());
    assertEquals(LOSS, answer.json().at("/results/0/loss").asDouble(), answer.body());
    assertEquals("unknown-loss", answer.json().at("/results/1/error/code").asString());
  }

  @Test
  void anNpzMayAskForSeveralLossesInTheQuery() throws IOException {
    Client.Answer answer = client.post(
        "/v1/evaluate?losses=%5B%7B%22name%22%3A%22huber%22%7D%5D",
        NPZ, npz(Map.of("y_true", Y_TRUE, "y_pred", Y_PRED)));
    assertEquals(LOSS, answer.json().at("/results/0/loss").asDouble(), answer.body());
  }

  @Test
  void everyPartThatIsWrongIsNamed() {
    Client.Answer answer = form(new Form()
        .npy("y_true", Y_TRUE)
        .npy("y_true", Y_TRUE)
        .text("y_pred", "[1, 2")
        .text("reduction", "average")
        .text("delta", "-1")
        .text("sample_weigth", "[1]"));
    assertEquals(422, answer.status(), answer.body());
    List<String> errors = answer.errors();
    assertRefused(errors, "/y_true: given twice");
    assertRefused(errors, "/y_pred: Not valid JSON at line 1, column 6");
    assertRefused(errors, "/reduction: expected one of mean, mean_with_sample_weight, sum, none");
    assertRefused(errors, "/sample_weigth: unknown field; did you mean sample_weight?");
    assertRefused(errors, "/parameters/delta: must be > 0, got -1");
    assertEquals(5, errors.size(), errors.toString());
  }

  @Test
  void aMissingInputIsNamed() {
    Client.Answer answer = form(new Form().npy("y_true", Y_TRUE));
    assertEquals(422, answer.status(), answer.body());
    assertEquals(List.of("/y_pred: missing; the loss takes y_true, y_pred"), answer.errors());
  }

  @Test
  void aFileThatIsCutShortIsNamedAtEachByte() {
    byte[] whole = Form.npy(Y_PRED);
    for (int length = 0; length < whole.length; length++) {
      Client.Answer answer = form(new Form()
          .npy("y_true", Y_TRUE)
          .file("y_pred", "preds.npy", Arrays.copyOf(whole, length)));
      assertEquals(422, answer.status(), answer.body());
      assertRefused(answer.errors(), "/y_pred: ");
    }
  }

  @Test
  void aFormThatIsCutShortIsRefusedAtEachByte() {
    byte[] whole =
        new Form().npy("y_true", Y_TRUE).text("y_pred", "[[1,2],[3,4]]").toBytes();
    // The line end behind the last delimiter may be missing.
    for (int length = 0; length < whole.length - 2; length++) {
      Client.Answer answer = client.post(HUBER, Form.CONTENT_TYPE, Arrays.copyOf(whole, length));
      assertTrue(answer.status() == 400 || answer.status() == 422, answer.body());
    }
  }

  @Test
  void anNpzThatIsCutShortIsRefusedAtEachByte() throws IOException {
    byte[] whole = npz(Map.of("y_true", Y_TRUE, "y_pred", Y_PRED));
    for (int length = 0; length < whole.length; length++) {
      Client.Answer answer = client.post(HUBER, NPZ, Arrays.copyOf(whole, length));
      assertEquals(400, answer.status(), answer.body());
    }
  }

  @Test
  void aHeaderThatPromisesMoreThanTheBodyIsRefusedBeforeAnythingIsAllocated() {
    byte[] npy = Form.npy(Tensor.of(new float[4], 4));
    byte[] lying = replaced(npy, "(4,), }         ", "(2000000000,), }");
    Client.Answer answer =
        form(new Form().npy("y_true", Y_TRUE).file("y_pred", "preds.npy", lying));
    assertEquals(422, answer.status(), answer.body());
    assertRefused(answer.errors(), "/y_pred: The header claims 8000000000 bytes");
  }

  @Test
  void anArrayThatTheLossDoesNotTakeIsNamed() throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("y_true", Y_TRUE);
    arrays.put("y_prob", Y_PRED);
    Client.Answer answer = client.post(HUBER, NPZ, npz(arrays));
    assertEquals(422, answer.status(), answer.body());
    assertEquals(
        List.of(
            "/y_prob: The zip has the array 'y_prob'; the arrays that may be there are: mask, sample_weight, "
                + "y_pred, y_true"),
        answer.errors());
    answer = client.post(HUBER, NPZ, npz(Map.of("arr_0", Y_TRUE)));
    assertTrue(answer.body().contains("name them, as in numpy.savez(file, y_true=...)"));
  }

  @Test
  void aZipBombIsRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
      zip.putNextEntry(new ZipEntry("y_true.npy"));
      byte[] empty = Form.npy(Tensor.of(new float[0], 0));
      zip.write(replaced(empty, "(0,), }        ", "(200000000,), }"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 800; i++) {
        zip.write(zeros);
      }
    }
    Client.Answer answer = client.post(HUBER, NPZ, bomb.toByteArray());
    assertEquals(413, answer.status(), answer.body());
    assertEquals("body-too-large", answer.code());
    assertTrue(answer.body().contains("y_true"), answer.body());
  }

  @Test
  void whatIsNoFormIsCalledThat() {
    Client.Answer answer = client.post(HUBER, "multipart/form-data", new byte[] {1});
    assertEquals(400, answer.status(), answer.body());
    assertTrue(answer.body().contains("boundary"), answer.body());
    answer = client.post(HUBER, "text/plain", new byte[] {1});
    assertEquals(415, answer.status(), answer.body());
    assertTrue(answer.body().contains("application/json or multipart/form-data"), answer.body());
  }

  private HttpResponse<byte[]> accepting(String accept, String path) {
    return client.exchange(
        "POST",
        path,
        BodyPublishers.ofByteArray(
            new Form().npy("y_true", Y_TRUE).npy("y_pred", Y_PRED).toBytes()),
        BodyHandlers.ofByteArray(),
        "Content-Type",
        Form.CONTENT_TYPE,
        "Accept",
        accept);
  }

  private Client.Answer form(Form form) {
    return client.post(HUBER, Form.CONTENT_TYPE, form.toBytes());
  }

  private static byte[] replaced(byte[] npy, String what, String by) {
    String text = new String(npy, ISO_8859_1);
    assertTrue(text.contains(what), text);
    return text.replace(what, by).getBytes(ISO_8859_1);
  }

  private static byte[] npz(Map<String, Tensor> arrays) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NpzWriter.write(arrays, out);
    return out.toByteArray();
  }

  private static void assertRefused(List<String> errors, String beginning) {
    assertTrue(
        errors.stream().anyMatch(error -> error.startsWith(beginning)),
        () -> "nothing begins with " + beginning + " in " + errors);
  }
}
