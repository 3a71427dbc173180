package dev.losses.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Losses are evaluated over HTTP. */
@Tag("every-jdk")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class EvaluationIT {
  private static final String INPUTS =
      "\"y_true\": [[0, 1], [0, 0]], \"y_pred\": [[0.5, 0.25], [0.5, 4]]";

  @LocalServerPort
  private int port;

  private Client client;

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @Test
  void theAnswerHasEveryFieldInItsPlace() {
    Client.Answer answer = client.huber("{" + INPUTS + ", \"gradient\": true}");
    assertEquals(200, answer.status(), answer.body());
    assertEquals("application/json", answer.header("content-type"));
    assertTrue(
        answer
            .body()
            .startsWith(
                "{\"loss\":1.0078125,\"gradients\":{\"y_pred\":[[0.125,-0.1875],[0.125,0.25]]},"
                    + "\"reduction\":\"mean\",\"dtype\":\"float64\",\"parameters\":{\"delta\":1.0},\"warnings\":[],"
                    + "\"source\":{\"name\":\"huber\",\"version\":"),
        answer.body());
    assertTrue(answer.json().at("/source/digest").asString().startsWith("sha256:"), answer.body());
  }

  @Test
  void gradientsAreAbsentUnlessAskedFor() {
    Client.Answer answer = client.huber("{" + INPUTS + "}");
    assertEquals(1.0078125, answer.json().path("loss").asDouble());
    assertFalse(answer.json().has("gradients"));
  }

  @Test
  void fieldsMayComeInAnyOrderAndOptionalOnesMayBeNull() {
    Client.Answer answer = client.huber(
        "{\"dtype\": null, \"mask\": null, \"sample_weight\": null, \"reduction\": "
            + "\"sum\", \"parameters\": null, \"gradient\": false, \"y_pred\": [3, 0], \"y_true\": [0, 0]}");
    assertEquals(2.5, answer.json().path("loss").asDouble(), answer.body());
  }

  @Test
  void parametersWeightsAndMasksCount() {
    Client.Answer answer = client.huber("{" + INPUTS
        + ", \"parameters\": {\"delta\": 2}, \"sample_weight\": [2, 7], \"mask\": [true, false], "
        + "\"reduction\": \"sum_over_batch_size\"}");
    assertEquals(0.40625, answer.json().path("loss").asDouble(), answer.body());
    assertEquals("mean", answer.json().path("reduction").asString());
    assertEquals(2.0, answer.json().at("/parameters/delta").asDouble());
  }

  @Test
  void withoutReductionTheLossIsNested() {
    Client.Answer answer = client.huber("{" + INPUTS + ", \"reduction\": \"none\"}");
    assertEquals("[0.203125,1.8125]", answer.json().path("loss").toString());
  }

  @Test
  void float32IsPrintedAsFloats() {
    Client.Answer answer = client.post(
        "/v1/losses/mse/evaluate",
        "{\"dtype\": \"float32\", \"y_true\": [0], \"y_pred\": [0.1], \"gradient\": true}");
    assertTrue(
        answer.body().startsWith("{\"loss\":0.010000001,\"gradients\":{\"y_pred\":[0.2]},"),
        answer.body());
    assertEquals("float32", answer.json().path("dtype").asString());
  }

  @Test
  void aliasesAndKerasClassNamesFindTheLoss() {
    for (String name : new String[] {"mse", "MeanSquaredError", "mean_squared_error"}) {
      Client.Answer answer = client.post("/v1/losses/" + name + "/evaluate", "{" + INPUTS + "}");
      assertEquals(
          "mean_squared_error", answer.json().at("/source/name").asString(), answer.body());
    }
  }

  @Test
  void whatIsNotFiniteTravelsAsStringsAndIsWarnedOf() {
    Client.Answer answer = client.huber(
        "{\"y_true\": [0, 0], \"y_pred\": [\"NaN\", \"-Infinity\"], \"reduction\": \"none\"}");
    assertEquals("[\"NaN\",\"Infinity\"]", answer.json().path("loss").toString(), answer.body());
    assertEquals(1, answer.json().path("warnings").size(), answer.body());
  }

  @Test
  void aLargeAnswerComesWhole() {
    int rows = 50_000;
    String input = "[" + "[1, 2, 3],".repeat(rows - 1) + "[1, 2, 3]]";
    Client.Answer answer =
        client.huber("{\"y_true\": " + input + ", \"y_pred\": " + input + ", \"gradient\": true}");
    assertEquals(rows, answer.json().at("/gradients/y_pred").size());
    assertEquals(3, answer.json().at("/gradients/y_pred/49999").size());
  }

  @Test
  void ofSeveralLossesOneThatFailsDoesNotFailTheOthers() {
    Client.Answer answer = client.post(
        "/v1/evaluate",
        "{\"losses\": [{\"name\": \"huber\"}, {\"name\": \"hubber\"}, {\"name\": \"huber\", \"parameters\": "
            + "{\"delta\": -1}}, {\"name\": \"failing\"}, {\"name\": \"mae\"}], \"spare\": [[0, 1], [0, 0]], "
            + INPUTS + "}");
    assertEquals(200, answer.status(), answer.body());
    JsonNode results = answer.json().path("results");
    assertEquals(5, results.size());
    assertEquals(1.0078125, results.at("/0/loss").asDouble());
    assertEquals(404, results.at("/1/error/status").asInt());
    assertEquals("huber", results.at("/1/error/suggestions/0").asString());
    assertEquals(
        "/losses/2/parameters/delta", results.at("/2/error/errors/0/pointer").asString());
    assertEquals("plugin-failure", results.at("/3/error/code").asString());
    assertEquals(1.4375, results.at("/4/loss").asDouble());
  }

  @Test
  void anInputThatNoneOfSeveralLossesTakesIsRefused() {
    Client.Answer answer = client.post(
        "/v1/evaluate", "{\"losses\": [{\"name\": \"huber\"}], \"spare\": [1], " + INPUTS + "}");
    assertEquals(422, answer.status());
    assertEquals("[/spare: none of these losses takes it]", answer.errors().toString());
  }

  @Test
  void aLossThatFailsIsNamedButItsWordsStayInTheLog() {
    Client.Answer answer =
        client.post("/v1/losses/failing/evaluate", "{" + INPUTS + ", \"spare\": [[1, 2], [3, 4]]}");
    assertEquals(500, answer.status(), answer.body());
    assertEquals("plugin-failure", answer.code());
    assertTrue(
        answer.json().path("detail").asString().startsWith("The loss 'failing' of "),
        answer.body());
    assertFalse(answer.body().contains("secret"), answer.body());
  }
}
