package dev.losses.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.api.LossCatalog;
import dev.losses.engine.LossInputs;
import dev.losses.engine.Reduction;
import dev.losses.spi.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Rows as JSON, one object a line, are computed as they come. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class NdjsonIT {
  private static final String HUBER = "/v1/losses/huber/evaluate";
  private static final String NDJSON = "application/x-ndjson";
  private static final String PAIR = "{\"y_true\": 1, \"y_pred\": 3}\n";
  private static final String ROWS = "{\"y_true\": [1, 2], \"y_pred\": [1, 4]}\n";

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

  @ParameterizedTest
  @CsvSource({
    "mean, float64, 1, false",
    "mean, float32, 1, false",
    "mean, float64, 1, true",
    "sum, float32, 1, true",
    "mean_with_sample_weight, float64, 8, true",
    "mean, float32, 8, false",
    "sum, float64, 4, false"
  })
  void theValueHasTheBitsOfAllRowsAtOnce(
      String reduction, String dtype, int width, boolean weighted) {
    RandomRows rows = new RandomRows(200_000 / width + 17, width, weighted);
    LossInputs whole = rows.inputs(DType.valueOf(dtype.toUpperCase(java.util.Locale.ROOT)));
    double expected = LossCatalog.load()
        .loss("huber")
        .evaluate(whole, Reduction.named(reduction).orElseThrow())
        .value();
    Client.Answer answer =
        post("?reduction=" + reduction + "&dtype=" + dtype, rows.toLines().getBytes(UTF_8));
    assertEquals(200, answer.status(), answer.body());
    String text = answer.json().path("loss").asString();
    if (dtype.equals("float32")) {
      assertEquals((float) expected, Float.parseFloat(text));
    } else {
      assertEquals(expected, Double.parseDouble(text));
    }
    assertEquals(dtype, answer.json().path("dtype").asString());
    assertEquals(reduction, answer.json().path("reduction").asString());
  }

  @Test
  void theAnswerIsTheOrdinaryOne() {
    Client.Answer answer = post("?delta=2&parameters=%7B%7D", PAIR.repeat(3).getBytes(UTF_8));
    assertEquals(2, answer.json().path("loss").asDouble(), answer.body());
    assertEquals(2, answer.json().at("/parameters/delta").asDouble());
    assertEquals("huber", answer.json().at("/source/name").asString());
    String version = answer.json().at("/source/version").asString();
    assertEquals(200, post("?version=" + version, PAIR.getBytes(UTF_8)).status());
    assertEquals(409, post("?version=0.0.1", PAIR.getBytes(UTF_8)).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/x-ndjson", "application/x-ndjson;charset=utf-8", "application/jsonl"})
  void bothNamesOfTheFormatWillDo(String contentType) {
    Client.Answer answer = client.post(HUBER, contentType, PAIR.getBytes(UTF_8));
    assertEquals(1.5, answer.json().path("loss").asDouble(), answer.body());
  }

  @Test
  void fieldsMayComeInAnyOrderAndTheLastLineNeedNoEnd() {
    assertLoss(1.5, PAIR + "{\"y_pred\": 3, \"y_true\": 1}\r\n" + PAIR.strip());
  }

  @Test
  void weightsAndMaskComeWithTheirRow() {
    assertLoss((0.5 * 1.5 + 0) / 2, """
        {"y_true": 1, "y_pred": 3, "sample_weight": 0.5, "mask": true}
        {"y_true": 1, "y_pred": 1, "mask": true, "sample_weight": 7}
        {"y_true": 1, "y_pred": 9, "sample_weight": 1, "mask": false}
        """);
  }

  @Test
  void numbersThatJsonCannotWriteAreStrings() {
    Client.Answer answer = post("", "{\"y_true\": 1, \"y_pred\": \"Infinity\"}\n".getBytes(UTF_8));
    assertEquals("Infinity", answer.json().path("loss").asString(), answer.body());
    assertEquals(
        "the loss is not finite", answer.json().path("warnings").path(0).asString());
  }

  @Test
  void otherInputsThanAPairComeUnderTheirNames() {
    Client.Answer answer = client.post(
        "/v1/losses/triplet_margin/evaluate",
        NDJSON,
        "{\"anchor\": [0, 0], \"positive\": [0, 1], \"negative\": [0, 1]}\n"
            .repeat(2)
            .getBytes(UTF_8));
    assertEquals(1, answer.json().path("loss").asDouble(), 1e-5, answer.body());
  }

  @Test
  void lossesOnArraysAreComputedToo() {
    Client.Answer answer = client.post(
        "/v1/losses/multilabel_margin/evaluate",
        NDJSON,
        "{\"y_true\": [2, -1, 0], \"y_pred\": [0.1, 0.2, 0.4]}\n".repeat(2).getBytes(UTF_8));
    assertEquals(200, answer.status(), answer.body());
  }

  @Test
  void whatNoStreamCanGiveIsRefusedWithTheFix() {
    assertRefused(
        "?gradient=true", PAIR, "/gradient: rows that are not held have no gradient; leave it out");
    assertRefused(
        "?reduction=none",
        PAIR,
        "/reduction: rows that are not held have no loss each; ask for mean");
    assertRefused("?reduction=avg", PAIR, "/reduction: expected one of mean");
    assertRefused("?delta=-1", PAIR, "/parameters/delta: ");
    assertRefused("?nope=1", PAIR, "/nope: unknown field");
    Client.Answer answer = client.post("/v1/losses/dice/evaluate", NDJSON, ROWS.getBytes(UTF_8));
    assertEquals(422, answer.status(), answer.body());
    assertTrue(
        answer
            .body()
            .contains("needs them all at once: send the rows as JSON, as a form or as .npz"),
        answer.body());
    assertEquals(
        404,
        client.post("/v1/losses/hubert/evaluate", NDJSON, PAIR.getBytes(UTF_8)).status());
  }

  @Test
  void aBadLineInTheMiddleIsNamedWithItsRow() {
    String many = PAIR.repeat(70_000);
    assertRefused(
        "",
        many + "{\"y_true\": 1, \"y_pred\": \"x\"}\n" + PAIR,
        "/y_pred/70000: line 70001: expected a number, found the string \"x\"");
    assertRefused(
        "",
        many + "{\"y_true\": 1, \"y_pred\": null}\n" + PAIR,
        "/y_pred/70000: line 70001: expected a number, found null");
    assertRefused(
        "?dtype=float32",
        many + "{\"y_true\": 1, \"y_pred\": 1e300}\n" + PAIR,
        "/y_pred/70000: line 70001: 1.0E300 is beyond the range of float32");
    assertRefused(
        "",
        many + "{\"y_true\": 1, \"y_pred\": 1e400}\n" + PAIR,
        "/y_pred/70000: line 70001: the number 1e400 is beyond the range of float64");
    assertRefused("", many + "{\"y_true\": 1}\n" + PAIR, "/y_pred/70000: line 70001: missing");
    assertRefused(
        "",
        many + "{\"y_true\": 1, \"y_pred\": 1, \"mask\": true}\n",
        "/mask/70000: line 70001: line 1 has no mask; give it in all lines or in none");
    assertRefused(
        "",
        many + "{\"y_true\": 1, \"y_pred\": 1, \"y_true\": 1}\n",
        "/y_true/70000: line 70001: given twice");
    assertRefused(
        "",
        many + "{\"y_true\": 1, \"y_pred\": [1]}\n",
        "/y_pred/70000: line 70001: expected a number, found a list");
    assertRefused(
        "", many + "[1, 2]\n", "/70000: line 70001: expected an object with y_true, y_pred");
    assertRefused(
        "", many + "\n" + PAIR, "/70000: line 70001: expected a whole object in this line");
    assertRefused(
        "", many + PAIR.strip() + PAIR, "/70001: line 70002: expected a whole object in this line");
  }

  @Test
  void raggedListsAreRefused() {
    assertRefused(
        "",
        ROWS + "{\"y_true\": [1, 2], \"y_pred\": [1]}\n",
        "/y_pred/1: line 2: ragged: a list of 1");
    assertRefused(
        "",
        ROWS + "{\"y_true\": [1, 2, 3], \"y_pred\": [1, 2]}\n",
        "/y_true/1: line 2: ragged: a list of more than 2");
    assertRefused(
        "",
        ROWS + "{\"y_true\": 1, \"y_pred\": [1, 2]}\n",
        "/y_true/1: line 2: expected a list of 2, as in line 1");
    assertRefused(
        "",
        ROWS + "{\"y_true\": [1, {}], \"y_pred\": [1, 2]}\n",
        "/y_true/1/1: line 2: expected a number, found an object");
    assertRefused("", "{\"y_true\": [], \"y_pred\": []}\n", "/y_true: lists of no values");
  }

  @Test
  void theFirstLineIsHeldToTheSameRules() {
    assertRefused(
        "", "{\"y_true\": 1}\n", "/y_pred: line 1: missing; the loss takes y_true, y_pred");
    assertRefused(
        "",
        "{\"y_true\": 1, \"y_prd\": 1}\n",
        "/y_prd: line 1: not a field of a row; did you mean y_pred?");
    assertRefused(
        "",
        "{\"y_true\": 1, \"y_pred\": 1, \"reduction\": \"sum\"}\n",
        "/reduction: line 1: not a field of a row, which has y_true, y_pred, sample_weight, mask; leave it out");
    assertRefused(
        "",
        "{\"y_true\": [1, \"x\"], \"y_pred\": 1}\n",
        "/y_true/0/1: line 1: expected a number, found the string");
    assertRefused(
        "", "[" + PAIR + "]", "/0: line 1: expected an object with y_true, y_pred, found a list");
    assertRefused(
        "",
        "{\"y_true\": 1,\n\"y_pred\": 1}\n",
        "/0: line 1: expected a whole object in this line");
  }

  @Test
  void positionsInTheDomainCountFromTheFirstRow() {
    String bce = "/v1/losses/bce/evaluate";
    String good = "{\"y_true\": 1, \"y_pred\": 0.5}\n";
    String body = good.repeat(100_000) + "{\"y_true\": 1, \"y_pred\": 7}\n" + good;
    Client.Answer answer = client.post(bce, NDJSON, body.getBytes(UTF_8));
    assertEquals(422, answer.status(), answer.body());
    assertStarts(
        answer.errors(), "/y_pred/100000: line 100001: y_pred must be a probability in [0, 1]");
  }

  @Test
  void weightsThatAreNoneAreRefused() {
    assertRefused(
        "",
        PAIR.replace("}", ", \"sample_weight\": 1}")
            + PAIR.replace("}", ", \"sample_weight\": -1}"),
        "/sample_weight/1: line 2: a weight must be finite and not negative");
  }

  @Test
  void shapesThatDoNotGoTogetherAreRefused() {
    Client.Answer answer =
        post("", "{\"y_true\": [1, 2, 3], \"y_pred\": [1, 2]}\n".getBytes(UTF_8));
    assertEquals(422, answer.status(), answer.body());
    assertEquals("invalid-inputs", answer.code());
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsLine() {
    Client.Answer answer = post("", (ROWS + "{\"y_true\": [1, x]}").getBytes(UTF_8));
    assertEquals(400, answer.status(), answer.body());
    assertTrue(answer.body().contains("Not valid JSON at line 2, column 16"), answer.body());
    assertStarts(answer.errors(), "/y_true/1/1: unrecognized token 'x'");
  }

  @Test
  void aStreamThatIsCutInALineIsRefused() {
    String whole = ROWS + ROWS.strip();
    for (int length = 0; length < whole.length(); length++) {
      Client.Answer answer = post("", whole.substring(0, length).getBytes(UTF_8));
      boolean betweenLines = length == ROWS.length() || length == ROWS.length() - 1;
      int expected = betweenLines ? 200 : length == 0 ? 422 : 400;
      assertEquals(expected, answer.status(), answer.body());
    }
  }

  @Test
  void noRowsHaveNoLoss() {
    Client.Answer answer = post("", " \n".getBytes(UTF_8));
    assertEquals(422, answer.status(), answer.body());
    assertTrue(answer.body().contains("The stream has no rows"), answer.body());
  }

  @Test
  void packedStreamsAreUnpackedAsTheyCome() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      // More than other bodies may have, packed or not.
      byte[] lines = PAIR.repeat(10_000).getBytes(UTF_8);
      for (int i = 0; i < 280; i++) {
        gzip.write(lines);
      }
    }
    assertTrue(280L * 10_000 * PAIR.length() > 64 << 20);
    Client.Answer answer = client.send(
        "POST",
        HUBER,
        BodyPublishers.ofByteArray(packed.toByteArray()),
        "Content-Type",
        NDJSON,
        "Content-Encoding",
        "gzip");
    assertEquals(1.5, answer.json().path("loss").asDouble(), answer.body());
  }

  private void assertLoss(double expected, String lines) {
    Client.Answer answer = post("", lines.getBytes(UTF_8));
    assertEquals(expected, answer.json().path("loss").asDouble(), 1e-12, answer.body());
  }

  private void assertRefused(String query, String lines, String beginning) {
    Client.Answer answer = post(query, lines.getBytes(UTF_8));
    assertEquals(422, answer.status(), answer.body());
    assertStarts(answer.errors(), beginning);
  }

  private static void assertStarts(List<String> errors, String beginning) {
    assertTrue(
        errors.stream().anyMatch(error -> error.startsWith(beginning)),
        () -> "nothing begins with " + beginning + " in " + errors);
  }

  private Client.Answer post(String query, byte[] lines) {
    return client.post(HUBER + query, NDJSON, lines);
  }
}
