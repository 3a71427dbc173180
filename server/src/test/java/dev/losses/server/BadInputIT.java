package dev.losses.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whatever is wrong with a request is refused with its position and what would be right. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class BadInputIT {
  private static final String PAIR = "\"y_true\": [1, 2], \"y_pred\": [1, 3]";

  @LocalServerPort
  private int port;

  private Client client;
  private Client.Answer answer;

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @AfterEach
  void everyAnswerIsAProblemDocumentThatKeepsTheInsidesToItself() {
    assertEquals("application/problem+json", answer.header("content-type"));
    assertEquals(answer.status(), answer.json().path("status").asInt());
    assertEquals(
        "urn:losses:problem:" + answer.code(), answer.json().path("type").asString());
    for (String field : List.of("title", "detail", "code")) {
      assertFalse(answer.json().path(field).asString().isEmpty(), field);
    }
    assertTrue(answer.json().path("errors").isArray());
    assertTrue(answer.json().path("suggestions").isArray());
    for (String inside : List.of("Exception", "dev.losses", "jackson", "java.", "org.", "`")) {
      assertFalse(answer.body().contains(inside), answer.body());
    }
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsPosition() {
    answer = client.huber("{\"y_true\": [1, 2],\n \"y_pred\": hello}");
    assertMalformed("line 2, column 12: unrecognized token 'hello'");
  }

  @Test
  void jsonCutOffIsRefused() {
    answer = client.huber("{\"y_true\": [1, 2], \"y_pred\": [1, ");
    assertMalformed("line 1, column 34: the body ends in the middle of a value");
    assertEquals(List.of("/y_pred/1: the body ends in the middle of a value"), answer.errors());
  }

  @Test
  void trailingGarbageIsRefusedWithItsPosition() {
    answer = client.huber("{" + PAIR + "} {}");
    assertMalformed("line 1, column 38: something follows the end of the object");
  }

  @Test
  void anEmptyBodyIsRefused() {
    answer = client.huber("");
    assertMalformed("the body must be an object, found nothing");
  }

  @Test
  void aBodyThatIsNoObjectIsRefused() {
    answer = client.huber("[1, 2]");
    assertMalformed("line 1, column 1: the body must be an object, found a list");
  }

  @Test
  void bareNaNIsRefusedWithItsPosition() {
    answer = client.huber("{\"y_true\": [[1, 2], [3, NaN]], \"y_pred\": [[1, 2], [3, 4]]}");
    assertMalformed("NaN and Infinity are no JSON numbers; write them as the strings "
        + "\"NaN\", \"Infinity\", \"-Infinity\"");
    assertTrue(answer.errors().get(0).startsWith("/y_true/1/1: "), answer.body());
  }

  @Test
  void nestingAsDeepAsACallerLikesIsRefused() {
    answer = client.huber("{\"y_true\": " + "[".repeat(10_000) + "1" + "]".repeat(10_000) + "}");
    assertMalformed("nested more than 500 levels deep");
  }

  @Test
  void nestingDeeperThanAnyTensorIsRefusedWithItsPosition() {
    answer = client.huber(
        "{\"y_true\": " + "[".repeat(40) + "1" + "]".repeat(40) + ", \"y_pred\": [1]}");
    assertInvalid(
        "invalid-inputs",
        "/y_true" + "/0".repeat(32) + ": lists are nested more than 32 levels deep");
  }

  @Test
  void anUnknownFieldIsRefusedWithTheNearMatch() {
    answer = client.huber("{" + PAIR + ", \"reducton\": \"sum\"}");
    assertInvalid("invalid-request", "/reducton: unknown field; did you mean reduction?");
  }

  @Test
  void aParameterBesideTheInputsIsToldItsPlace() {
    answer = client.huber("{" + PAIR + ", \"delta\": 2}");
    assertInvalid(
        "invalid-request", "/delta: a parameter of the loss, which belongs into parameters");
  }

  @Test
  void anUnknownFieldLikeNoOtherIsRefusedWithTheFieldsThereAre() {
    answer = client.huber("{" + PAIR + ", \"colour\": {\"a\": [1, {}]}}");
    assertInvalid(
        "invalid-request",
        "/colour: unknown field; the fields are y_true, y_pred, parameters, version, delta, sample_weight, mask, "
            + "reduction, gradient, dtype");
  }

  @Test
  void ofVeryManyErrorsNotAllAreTold() {
    String fields = IntStream.range(0, 10_000)
        .mapToObj(i -> "\"field" + i + "\": 0")
        .collect(Collectors.joining(", ", "{", "}"));
    answer = client.huber(fields);
    assertEquals(422, answer.status(), answer.body());
    assertEquals(100, answer.errors().size());
  }

  @Test
  void aRequestWithTooMuchWrongIsNotReadToTheEnd() {
    // What follows is not even JSON, which nobody who stops reading notices.
    answer = client.huber("{\"parameters\": {\"delta\": [" + "{}, ".repeat(100) + "oops");
    assertEquals(422, answer.status(), answer.body());
    assertEquals(100, answer.errors().size());
    answer = client.post("/v1/evaluate", "{\"losses\": [{" + "\"n\": 3, ".repeat(100) + "oops");
    assertEquals(422, answer.status(), answer.body());
    assertEquals(100, answer.errors().size());
  }

  @Test
  void aListOfVeryManyValuesIsNoParameter() {
    answer = client.huber(
        "{\"parameters\": {\"delta\": [" + "1, ".repeat(65_536) + "{}, 1]}, " + PAIR + "}");
    assertInvalid(
        "invalid-parameters",
        "/parameters/delta: more than 65536 values in the lists of all parameters");
  }

  @Test
  void veryManyParametersAreRefused() {
    String many = IntStream.range(0, 257)
        .mapToObj(i -> "\"delta" + i + "\": 1")
        .collect(Collectors.joining(", "));
    answer = client.huber("{\"parameters\": {" + many + "}, " + PAIR + "}");
    assertEquals(422, answer.status(), answer.body());
    assertEquals("/parameters: more than 256 parameters", answer.errors().get(0));
  }

  @Test
  void aFieldGivenTwiceIsRefused() {
    answer = client.huber("{" + PAIR + ", \"y_true\": [5, 6]}");
    assertInvalid("invalid-inputs", "/y_true: given twice");
  }

  @Test
  void aMissingInputIsRefused() {
    answer = client.huber("{\"y_true\": [1, 2]}");
    assertInvalid("invalid-inputs", "/y_pred: missing; the loss takes y_true, y_pred");
  }

  @Test
  void raggedListsAreRefusedWithTheirPosition() {
    answer = client.huber("{\"y_true\": [[1, 2], [3]], \"y_pred\": [[1, 2], 3]}");
    assertInvalid(
        "invalid-inputs",
        "/y_true/1: ragged: the list has 1 value where /y_true/0 has 2",
        "/y_pred/1: ragged: a single value where a list is expected, as in /y_pred/0");
  }

  @Test
  void aListWhereAValueIsExpectedIsRefusedWithItsPosition() {
    answer = client.huber("{\"y_true\": [1, [2, [3]]], \"y_pred\": [1, 2]}");
    assertInvalid(
        "invalid-inputs",
        "/y_true/1: ragged: a list where a single value is expected, as in /y_true/0");
  }

  @Test
  void nullAmongNumbersIsRefusedWithItsPosition() {
    answer = client.huber("{\"y_true\": [1, 2], \"y_pred\": [1, null]}");
    assertInvalid(
        "invalid-inputs",
        "/y_pred/1: expected a number, found null; write a missing value as \"NaN\"");
  }

  @Test
  void whatIsNoNumberIsRefusedWithItsPosition() {
    answer = client.huber(
        "{\"y_true\": [true, 2], \"y_pred\": [[1], [\"2\"]], \"sample_weight\": [{}]}");
    assertInvalid(
        "invalid-inputs",
        "/y_true/0: expected a number, found true",
        "/y_pred/1/0: expected a number, found the string \"2\"",
        "/sample_weight/0: expected a value or a list, found an object");
  }

  @Test
  void aNumberBeyondFloat64IsRefusedWithItsPosition() {
    answer = client.huber("{\"y_true\": [1, 2], \"y_pred\": [1, -1e400]}");
    assertInvalid(
        "invalid-inputs",
        "/y_pred/1: the number -1e400 is beyond the range of float64; write \"Infinity\" if that is meant");
  }

  @Test
  void aNumberBeyondFloat32IsRefusedWhereThatIsTheDtype() {
    answer =
        client.huber("{\"y_true\": [[1], [2]], \"y_pred\": [[1], [1e39]], \"dtype\": \"float32\"}");
    assertInvalid("invalid-inputs", "/y_pred/1/0: 1.0E39 is beyond the range of float32");
  }

  @Test
  void aMaskOfAnythingButYesAndNoIsRefused() {
    answer = client.huber("{" + PAIR + ", \"mask\": [true, 2]}");
    assertInvalid(
        "invalid-inputs", "/mask/1: expected true or false, or 1 or 0, found the number 2");
  }

  @Test
  void anUnknownReductionOrDtypeIsRefusedWithThoseThereAre() {
    answer = client.huber(
        "{" + PAIR + ", \"reduction\": \"avg\", \"dtype\": 32, \"gradient\": \"yes\"}");
    assertInvalid(
        "invalid-request",
        "/reduction: expected one of mean, mean_with_sample_weight, sum, none, found the string \"avg\"",
        "/dtype: expected one of float32, float64, found the number 32",
        "/gradient: expected true or false, found the string \"yes\"");
  }

  @Test
  void aParameterOfTheWrongTypeIsRefused() {
    answer = client.huber("{" + PAIR + ", \"parameters\": {\"delta\": \"1\"}}");
    assertInvalid("invalid-parameters", "/parameters/delta: must be a number, got '1'");
  }

  @Test
  void aParameterOutOfRangeIsRefused() {
    answer = client.huber("{" + PAIR + ", \"parameters\": {\"delta\": -1}}");
    assertInvalid("invalid-parameters", "/parameters/delta: must be > 0, got -1");
  }

  @Test
  void anUnknownParameterIsRefusedWithTheNearMatch() {
    answer = client.huber("{" + PAIR + ", \"parameters\": {\"delt\": 1}}");
    assertEquals(422, answer.status(), answer.body());
    assertEquals("invalid-parameters", answer.code());
    assertTrue(answer.errors().get(0).startsWith("/parameters/delt: "), answer.body());
    assertTrue(answer.errors().get(0).contains("delta"), answer.body());
  }

  @Test
  void aParameterThatIsNoPlainValueIsRefused() {
    answer = client.huber("{" + PAIR + ", \"parameters\": {\"delta\": {\"a\": 1}}}");
    assertInvalid(
        "invalid-parameters", "/parameters/delta: expected a single value, found an object");
  }

  @Test
  void parametersThatAreNoObjectAreRefused() {
    answer = client.huber("{" + PAIR + ", \"parameters\": [1]}");
    assertInvalid("invalid-parameters", "/parameters: expected an object, found a list");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    answer = client.huber(
        "{\"y_pred\": [1, null], \"colour\": 1, \"parameters\": {\"delta\": 0, \"beta\": true}}");
    assertEquals(422, answer.status(), answer.body());
    assertEquals("invalid-request", answer.code());
    assertEquals(
        List.of("/y_pred/1", "/colour", "/y_true", "/parameters/beta", "/parameters/delta"),
        answer.errors().stream()
            .map(error -> error.substring(0, error.indexOf(':')))
            .toList());
  }

  @Test
  void anUnknownLossIsNotFoundAndSuggestsThoseNear() {
    answer = client.post("/v1/losses/hubber/evaluate", "{}");
    assertEquals(404, answer.status());
    assertEquals("unknown-loss", answer.code());
    assertEquals(
        "There is no loss 'hubber'. Did you mean huber?",
        answer.json().path("detail").asString());
    assertEquals("[\"huber\"]", answer.json().path("suggestions").toString());
  }

  @Test
  void anUnknownPathIsNotFound() {
    answer = client.get("/v3/losses");
    assertEquals(404, answer.status());
    assertEquals("not-found", answer.code());
  }

  @Test
  void aRequestThatTomcatAnswersItselfIsAnsweredTheSameWay() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket
          .getOutputStream()
          .write("GET /v1/losses/[ HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertTrue(all.startsWith("HTTP/1.1 400 "), all);
      assertTrue(all.contains("Content-Type: application/problem+json"), all);
      String body = all.substring(all.indexOf('{'), all.lastIndexOf('}') + 1);
      answer =
          new Client.Answer(400, Map.of("content-type", List.of("application/problem+json")), body);
      assertEquals("bad-request", answer.code());
    }
  }

  @Test
  void theWrongMethodIsRefusedWithTheRightOne() {
    answer = client.get("/v1/losses/huber/evaluate");
    assertEquals(405, answer.status());
    assertEquals("method-not-allowed", answer.code());
    assertEquals("POST", answer.header("allow"));
  }

  @Test
  void theWrongContentTypeIsRefusedWithTheRightOne() {
    answer = client.send(
        "POST",
        "/v1/losses/huber/evaluate",
        BodyPublishers.ofString("{}"),
        "Content-Type",
        "application/x-www-form-urlencoded");
    assertEquals(415, answer.status());
    assertEquals("unsupported-media-type", answer.code());
    assertEquals(
        "The Content-Type is application/x-www-form-urlencoded; send application/json or multipart/form-data or application/x-npz or "
            + "application/x-ndjson or application/vnd.apache.arrow.stream.",
        answer.json().path("detail").asString());
  }

  @Test
  void anAcceptHeaderThatExcludesJsonIsRefused() {
    answer = client.get("/v1/losses", "Accept", "image/png");
    assertEquals(406, answer.status());
    assertEquals("not-acceptable", answer.code());
  }

  @Test
  void ofSeveralLossesTheRequestItselfMustBeRight() {
    answer = client.post(
        "/v1/evaluate",
        "{\"losses\": [{\"parameters\": {}}, 3, {\"name\": \"huber\", \"n\": 1}], \"y_tru\": [1]}");
    assertInvalid(
        "invalid-request",
        "/losses/0/name: missing",
        "/losses/1: expected an object with a name and parameters, found the number 3",
        "/losses/2/n: unknown field; the fields are name, parameters",
        "/y_tru: unknown field; did you mean y_true?");
  }

  @Test
  void veryManyLossesAreRefused() {
    answer = client.post(
        "/v1/evaluate",
        "{\"losses\": [" + "{\"name\": \"huber\"}, ".repeat(100) + "3, {\"a\": {}}], " + PAIR
            + "}");
    assertInvalid("invalid-request", "/losses: more than 100 losses");
  }

  @Test
  void noLossAtAllIsRefused() {
    answer = client.post("/v1/evaluate", "{\"losses\": []}");
    assertInvalid("invalid-request", "/losses: name at least one loss");
  }

  @Test
  void anEmptyBatchIsRefused() {
    answer = client.huber("{\"y_true\": [], \"y_pred\": []}");
    assertEngineRefuses("/y_true", "[0]");
  }

  @Test
  void bytesThatAreNotWhatTheirEncodingSaysAreRefused() {
    answer = encoded("gzip", new byte[] {0x1f, (byte) 0x8b});
    assertEquals(400, answer.status(), answer.body());
    assertTrue(answer.body().contains("not what gzip makes"), answer.body());
  }

  @Test
  void anEncodingThatIsNotSupportedIsCalledThat() {
    answer = encoded("br", new byte[] {1});
    assertEquals(415, answer.status(), answer.body());
    assertTrue(answer.body().contains("send gzip, deflate or the plain body"), answer.body());
  }

  private Client.Answer encoded(String encoding, byte[] body) {
    return client.send(
        "POST",
        "/v1/losses/huber/evaluate",
        java.net.http.HttpRequest.BodyPublishers.ofByteArray(body),
        "Content-Type",
        "application/json",
        "Content-Encoding",
        encoding);
  }

  @Test
  void aQueryThatIsNotTextIsTheCallersFault() {
    answer = client.get("/v1/losses?q=%FF%FE");
    assertEquals(400, answer.status(), answer.body());
    assertEquals("bad-request", answer.code());
  }

  @Test
  void shapesThatDoNotMatchAreRefusedWithBothShapes() {
    answer = client.huber(
        "{\"y_true\": [1, 2, 3], \"y_pred\": [[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3]]}");
    assertEngineRefuses("/y_true", "[3]", "[4, 3]");
  }

  @Test
  void whatALossItselfFindsWrongIsRefusedWithItsPosition() {
    answer = client.post(
        "/v1/losses/npairs/evaluate", "{\"y_true\": [0, 1], \"y_pred\": [[1, 2, 3], [1, 2, 3]]}");
    assertEngineRefuses("/y_pred", "[2, 3]", "square");
    answer = client.post(
        "/v1/losses/ctc/evaluate", "{\"y_true\": [[1, 2]], \"y_pred\": [[[1, 2], [1, 2]]]}");
    assertEngineRefuses("/y_true/0/1", "from 0 to 1", "got 2");
  }

  @Test
  void anAxisThatTheInputsDoNotHaveIsRefused() {
    answer = client.post(
        "/v1/losses/dice/evaluate",
        "{\"y_true\": [[1, 0]], \"y_pred\": [[1, 0]], \"parameters\": {\"axis\": 2}}");
    assertEngineRefuses("/parameters/axis", "axis is [2]", "[1, 2]", "there is no axis 2");
  }

  @Test
  void aNegativeOrNaNWeightIsRefusedWithItsPosition() {
    answer = client.huber("{" + PAIR + ", \"sample_weight\": [1, -0.5]}");
    assertEngineRefuses("/sample_weight/1", "-0.5");
    answer = client.huber("{" + PAIR + ", \"sample_weight\": [\"NaN\", 1]}");
    assertEngineRefuses("/sample_weight/0", "NaN");
  }

  @Test
  void weightsThatDoNotAlignAreRefused() {
    answer = client.huber("{" + PAIR + ", \"sample_weight\": [1, 2, 3]}");
    assertEngineRefuses("/sample_weight", "[3]", "[2]");
  }

  @Test
  void aMaskThatDoesNotAlignIsRefused() {
    answer = client.huber("{" + PAIR + ", \"mask\": [true]}");
    assertEngineRefuses("/mask", "[1]", "[2]");
  }

  @Test
  void aClassLabelOutOfRangeOrFractionalIsRefusedWithItsPosition() {
    String pred = "\"y_pred\": [[0.2, 0.8], [0.5, 0.5]]";
    String path = "/v1/losses/sparse_categorical_crossentropy/evaluate";
    answer = client.post(path, "{\"y_true\": [0, 2], " + pred + "}");
    assertEngineRefuses("/y_true/1", "2");
    answer = client.post(path, "{\"y_true\": [0, 0.5], " + pred + "}");
    assertEngineRefuses("/y_true/1", "0.5");
  }

  private void assertMalformed(String detail) {
    assertEquals(400, answer.status(), answer.body());
    assertEquals("malformed-json", answer.code());
    String actual = answer.json().path("detail").asString();
    assertTrue(actual.contains(detail), actual);
    assertTrue(actual.matches("(?s)Not valid JSON at line \\d+, column \\d+: .*"), actual);
  }

  private void assertInvalid(String code, String... errors) {
    assertEquals(422, answer.status(), answer.body());
    assertEquals(List.of(errors), answer.errors());
    assertEquals(code, answer.code());
  }

  private void assertEngineRefuses(String pointer, String... mentions) {
    assertEquals(422, answer.status(), answer.body());
    assertEquals("invalid-inputs", answer.code());
    String error = answer.errors().get(0);
    assertTrue(error.startsWith(pointer + ": "), error);
    for (String mention : mentions) {
      assertTrue(error.contains(mention), error);
    }
  }
}
