package dev.losses.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.losses.server.plugins.PluginJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Streams and plugins: a plugin's losses take streams, and a stream keeps no plugin but its own. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class StreamedPluginIT {
  private static final String KEY = "open-sesame";
  private static final String NDJSON = "application/x-ndjson";
  private static final String PAIR = "{\"y_true\": 1, \"y_pred\": 3}\n";
  /** More than fits between sender and server, so that the server has begun once it is sent. */
  private static final byte[] MANY = PAIR.repeat(400_000).getBytes(UTF_8);

  @TempDir
  static Path folder;

  @LocalServerPort
  private int port;

  private Client client;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("losses.plugins.directory", () -> folder.toString());
    // Nothing is noticed but what is asked for.
    registry.add("losses.plugins.rescan", () -> "1h");
    registry.add("losses.evaluation.deadline", () -> "1s");
    registry.add("losses.http.grace", () -> "1m");
    registry.add("losses.admin.key", () -> KEY);
  }

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @Test
  void aStreamIsFinishedOnTheCodeItBeganWithAndKeepsNoOther() throws IOException {
    drop("1", 1);
    drop("2", 2, "other");
    rescan();
    try (OpenStream plugins = new OpenStream(port, "/v1/losses/good/evaluate", NDJSON);
        OpenStream ours = new OpenStream(port, "/v1/losses/huber/evaluate", NDJSON)) {
      plugins.send(MANY);
      ours.send(MANY);
      drop("3", 3);
      drop("4", 4, "other");
      rescan();
      assertThat(client
              .post("/v1/losses/good/evaluate", NDJSON, PAIR.getBytes(UTF_8))
              .body())
          .contains("\"loss\":12.0");
      plugins.end();
      assertThat(plugins.answer()).startsWith("HTTP/1.1 200").contains("\"loss\":4.0");
      await().atMost(Duration.ofSeconds(30)).until(() -> isCollected("1") && isCollected("2"));
      ours.end();
      assertThat(ours.answer()).startsWith("HTTP/1.1 200").contains("\"loss\":1.5");
    }
  }

  @Test
  void aLossOnArraysTakesStreamsWhereItSaysThatItsRowsAreIndependent() {
    PluginJar.named("arrays", "1")
        .withArrayLoss(
            "Free", "free", "@Override public boolean rowsAreIndependent() { return true; }", "")
        .withArrayLoss("Bound", "bound", "", "")
        .dropInto(folder, "arrays.jar");
    rescan();
    Client.Answer answer = client.post("/v1/losses/free/evaluate", NDJSON, MANY);
    assertThat(answer.json().path("loss").asDouble()).as(answer.body()).isEqualTo(4);
    answer = client.post("/v1/losses/bound/evaluate", NDJSON, PAIR.getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("needs them all at once: send the rows as JSON");
  }

  @Test
  void aBatchThatTakesTooLongEndsTheStream() {
    PluginJar.named("slow", "1")
        .withArrayLoss(
            "Slow",
            "slow",
            "@Override public boolean rowsAreIndependent() { return true; }",
            "while (pred.get(0) == 1000 && !Thread.interrupted()) Thread.onSpinWait();")
        .dropInto(folder, "slow.jar");
    rescan();
    String lines = PAIR.repeat(65_536) + PAIR.replace("3", "1000");
    Client.Answer answer = client.post("/v1/losses/slow/evaluate", NDJSON, lines.getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(504);
    assertThat(client.get("/actuator/prometheus").body())
        .contains("loss=\"slow\",outcome=\"evaluation-deadline\"");
  }

  private boolean isCollected(String version) {
    System.gc();
    return StreamSupport.stream(rescanned().json().path("plugins").spliterator(), false)
        .anyMatch(plugin -> plugin.path("version").asString().equals(version)
            && plugin.path("state").asString().equals("COLLECTED"));
  }

  private void rescan() {
    assertThat(rescanned().status()).isEqualTo(200);
  }

  private Client.Answer rescanned() {
    return client.postWithKey("/v1/plugins/rescan", KEY);
  }

  private static void drop(String version, double factor) {
    drop(version, factor, "good");
  }

  private static void drop(String version, double factor, String name) {
    PluginJar.named(name, version)
        .withLoss(name.equals("good") ? "Good" : "Other", name, factor)
        .dropInto(folder, name + ".jar");
  }
}
