package dev.losses.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the server does can be watched. */
// The name makes it a server of its own, whose counts start at 0.
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "spring.application.name=watched")
class MetricsIT {
  private static final String BODY = "{\"y_true\": [1, 2, 3], \"y_pred\": [1, 2, 4]}";

  @LocalServerPort
  private int port;

  private Client client;

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @Test
  void evaluationsAreCountedByLossPluginOutcomeAndReduction() {
    client.post("/v1/losses/log_cosh/evaluate", BODY);
    assertSeries(
        "losses_evaluations_seconds_count{loss=\"log_cosh\",outcome=\"ok\",plugin=\"losses-builtin\","
            + "reduction=\"mean\"} 1");
    assertSeries("losses_elements_sum{loss=\"log_cosh\",plugin=\"losses-builtin\"} 3.0");
  }

  @Test
  void whatIsRefusedBeforeAnEvaluationIsCountedToo() {
    client.post("/v1/losses/mae/evaluate", "{");
    client.post(
        "/v1/losses/mae/evaluate",
        "{\"y_true\": [1], \"y_pred\": [1], \"parameters\": {\"a\": 1}}");
    assertSeries(
        "losses_evaluations_seconds_count{loss=\"mean_absolute_error\",outcome=\"malformed-json\","
            + "plugin=\"losses-builtin\",reduction=\"unknown\"} 1");
    assertSeries(
        "losses_evaluations_seconds_count{loss=\"mean_absolute_error\",outcome=\"invalid-parameters\","
            + "plugin=\"losses-builtin\",reduction=\"unknown\"} 1");
  }

  /** Where to tell takes as long as to evaluate, the count is enough. */
  @Test
  void theProcessorsTimeIsToldOfWhatIsNotSmall() {
    String quantile = "{loss=\"quantile\",plugin=\"losses-builtin\"} ";
    client.post("/v1/losses/quantile/evaluate", BODY);
    assertSeries("losses_evaluation_cpu_seconds_count" + quantile + 0);
    client.post("/v1/losses/quantile/evaluate", BODY + " ".repeat(4_096));
    assertSeries("losses_evaluation_cpu_seconds_count" + quantile + 1);
    assertSeries("losses_evaluation_allocated_bytes_count" + quantile + 1);
    assertSeries(
        "losses_evaluations_seconds_count{loss=\"quantile\",outcome=\"ok\",plugin=\"losses-builtin\","
            + "reduction=\"mean\"} 2");
  }

  @Test
  void inferencesAreEvaluations() {
    String pair =
        "{\"inputs\": [{\"name\": \"y_true\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": [1]}, "
            + "{\"name\": \"y_pred\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": [1]}]}";
    client.post("/v2/models/poisson/infer", pair);
    client.post("/v2/models/poisson/infer", "{}");
    assertSeries(
        "losses_evaluations_seconds_count{loss=\"poisson\",outcome=\"ok\",plugin=\"losses-builtin\","
            + "reduction=\"mean\"} 1");
    assertSeries("losses_evaluations_seconds_count{loss=\"poisson\",outcome=\"invalid-inputs\","
        + "plugin=\"losses-builtin\",reduction=\"unknown\"} 1");
  }

  @Test
  void unknownNamesShareOneSeriesSoThatCallersCannotMakeMany() {
    for (int i = 0; i < 3; i++) {
      client.post("/v1/losses/nonsense" + i + "/evaluate", BODY);
    }
    assertSeries(
        "losses_evaluations_seconds_count{loss=\"unknown\",outcome=\"unknown-loss\",plugin=\"unknown\","
            + "reduction=\"unknown\"} 3");
    assertFalse(prometheus().contains("nonsense"));
  }

  @Test
  void requestsAreMeasuredByTheTemplateOfTheirPath() {
    client.post("/v1/losses/huber/evaluate", BODY);
    assertTrue(prometheus().contains("uri=\"/v1/losses/{name}/evaluate\""), prometheus());
  }

  @Test
  void theServerIsHealthy() {
    Client.Answer answer = client.get("/actuator/health");
    assertEquals(200, answer.status());
    assertEquals("UP", answer.json().path("status").asString());
  }

  private void assertSeries(String start) {
    String metrics = prometheus();
    assertTrue(metrics.lines().anyMatch(line -> line.startsWith(start)), metrics);
  }

  private String prometheus() {
    Client.Answer answer = client.get("/actuator/prometheus");
    assertEquals(200, answer.status(), answer.body());
    return answer.body();
  }
}
