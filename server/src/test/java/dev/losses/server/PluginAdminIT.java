package dev.losses.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.losses.server.plugins.PluginJar;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** What those who have the key may do with plugins, and what a version is to those who call them. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PluginAdminIT {
  private static final String KEY = "open-sesame";
  private static final String FILE = "good.jar";

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
    registry.add("losses.evaluation.deadline", () -> "500ms");
    registry.add("losses.admin.key", () -> KEY);
  }

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @AfterEach
  void emptyTheFolder() throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        Files.delete(jar);
      }
    }
    rescan();
  }

  @Test
  void aRescanServesWhatLiesThereAndARollbackServesWhatServedBefore() {
    drop("1", 1);
    assertThat(rescan().at("/plugins/0/state").asString()).isEqualTo("ACTIVE");
    assertThat(loss("{}")).isEqualTo(1);
    drop("2", 2);
    assertThat(rescan().at("/plugins/0/version").asString()).isEqualTo("2");
    assertThat(loss("{}")).isEqualTo(2);

    Client.Answer back = client.postWithKey("/v1/plugins/good/rollback", KEY);
    assertThat(back.status()).isEqualTo(200);
    assertThat(back.json().at("/plugins/0/version").asString()).isEqualTo("1");
    assertThat(back.json().at("/plugins/1/stage").asString()).isEqualTo("rollback");
    assertThat(loss("{}")).isEqualTo(1);

    Client.Answer again = client.postWithKey("/v1/plugins/good/rollback", KEY);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("No earlier version of the plugin 'good' is kept.");
    assertThat(client.postWithKey("/v1/plugins/absent/rollback", KEY).status()).isEqualTo(404);
  }

  @Test
  void aVersionThatIsNotLiveIsRefusedWithTheOneThatIs() {
    drop("3", 3);
    JsonNode plugin = rescan().at("/plugins/0");
    String digest = plugin.path("digest").asString();
    assertThat(loss("{\"version\": \"3\"}")).isEqualTo(3);
    assertThat(loss("{\"version\": \"3#" + digest + "\"}")).isEqualTo(3);
    Client.Answer other = evaluate("{\"version\": \"9\"}");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("version-not-live");
    assertThat(other.body()).contains("it is in 3#" + digest);
    assertThat(evaluate("{\"version\": 3}").status()).isEqualTo(422);
  }

  @Test
  void aLossThatDoesNotAnswerInTimeIsAGatewayTimeout() {
    PluginJar.named("slow", "1")
        .withArrayLoss(
            "Slow",
            "slow",
            "",
            "while (pred.get(0) == 1000 && !Thread.interrupted()) Thread.onSpinWait();")
        .dropInto(folder, "slow.jar");
    rescan();
    Client.Answer answer =
        client.post("/v1/losses/slow/evaluate", "{\"y_true\": [0], \"y_pred\": [1000]}");
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.code()).isEqualTo("evaluation-deadline");
    Client.Answer several = client.post(
        "/v1/evaluate",
        "{\"y_true\": [0], \"y_pred\": [1000], \"losses\": [{\"name\": \"slow\"}, {\"name\": \"mse\"}]}");
    assertThat(several.json().at("/results/0/error/code").asString())
        .isEqualTo("evaluation-deadline");
    assertThat(several.json().at("/results/1/loss").asDouble()).isEqualTo(1_000_000);
    client.post("/v1/losses/slow/evaluate", "{\"y_true\": [0], \"y_pred\": [1000]}");
    Client.Answer suspended =
        client.post("/v1/losses/slow/evaluate", "{\"y_true\": [0], \"y_pred\": [0]}");
    assertThat(suspended.status()).isEqualTo(503);
    assertThat(suspended.code()).isEqualTo("plugin-suspended");
    assertThat(suspended.header("retry-after")).isEqualTo("30");
    assertThat(client.get("/actuator/prometheus").body())
        .contains("loss=\"slow\",outcome=\"evaluation-deadline\"")
        .contains("losses_evaluation_cpu_seconds_count")
        .contains("losses_evaluation_allocated_bytes_count");
  }

  @Test
  void aCallThatNeverEndsKeepsNoOtherPluginInMemory() {
    String release = "losses.test.release";
    PluginJar.named("stuck", "1")
        .withArrayLoss(
            "Stuck",
            "stuck",
            "",
            "while (pred.get(0) == 1000 && System.getProperty(\"" + release
                + "\") == null) Thread.onSpinWait();")
        .dropInto(folder, "stuck.jar");
    drop("5", 5);
    rescan();
    assertThat(loss("{}")).isEqualTo(5);
    try {
      assertThat(client
              .post("/v1/losses/stuck/evaluate", "{\"y_true\": [0], \"y_pred\": [1000]}")
              .status())
          .isEqualTo(504);
      drop("6", 6);
      await().atMost(Duration.ofSeconds(20)).until(() -> {
        System.gc();
        return StreamSupport.stream(rescan().path("plugins").spliterator(), false)
            .anyMatch(plugin -> plugin.path("version").asString().equals("5")
                && plugin.path("state").asString().equals("COLLECTED"));
      });
    } finally {
      System.setProperty(release, "");
    }
    System.clearProperty(release);
  }

  @Test
  void aLossThatRunsOutOfMemoryFailsThatEntryAlone() {
    PluginJar.named("greedy", "1")
        .withArrayLoss(
            "Greedy",
            "greedy",
            "",
            "if (pred.get(0) == 1000) losses[0] += new long[Integer.MAX_VALUE].length;")
        .dropInto(folder, "greedy.jar");
    rescan();
    Client.Answer several = client.post(
        "/v1/evaluate",
        "{\"y_true\": [0], \"y_pred\": [1000], \"losses\": [{\"name\": \"greedy\"}, {\"name\": \"mse\"}]}");
    assertThat(several.json().at("/results/0/error/code").asString()).isEqualTo("plugin-failure");
    assertThat(several.json().at("/results/1/loss").asDouble()).isEqualTo(1_000_000);
  }

  @Test
  void aLossThatWritesToItsInputsFailsAndSpoilsNoOther() {
    PluginJar.named("writes", "1")
        .withArrayLoss("Writes", "writes", "", "if (pred.get(0) == 1000) pred.set(0, 0);")
        .dropInto(folder, "writes.jar");
    rescan();
    Client.Answer several = client.post(
        "/v1/evaluate",
        "{\"y_true\": [0], \"y_pred\": [1000], \"losses\": [{\"name\": \"writes\"}, {\"name\": \"mse\"}]}");
    assertThat(several.json().at("/results/0/error/code").asString()).isEqualTo("plugin-failure");
    assertThat(several.json().at("/results/1/loss").asDouble()).isEqualTo(1_000_000);
  }

  @Test
  void withoutTheKeyNothingIsChanged() {
    drop("4", 4);
    for (String path : new String[] {"/v1/plugins/rescan", "/v1/plugins/good/rollback"}) {
      Client.Answer without = client.post(path, "");
      assertThat(without.status()).isEqualTo(401);
      assertThat(without.header("www-authenticate")).isEqualTo("Bearer");
      Client.Answer wrong = client.postWithKey(path, "open-barley");
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.body()).contains("Authorization: Bearer <key>").doesNotContain(KEY);
    }
    assertThat(evaluate("{}").status()).isEqualTo(404);
  }

  private JsonNode rescan() {
    Client.Answer answer = client.postWithKey("/v1/plugins/rescan", KEY);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private double loss(String fields) {
    Client.Answer answer = evaluate(fields);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("loss").asDouble();
  }

  private Client.Answer evaluate(String fields) {
    String more = fields.substring(1, fields.length() - 1);
    return client.post(
        "/v1/losses/good/evaluate",
        "{\"y_true\": [0], \"y_pred\": [1]" + (more.isEmpty() ? "" : ", " + more) + "}");
  }

  private static void drop(String version, double factor) {
    PluginJar.named("good", version).withLoss("Good", "good", factor).dropInto(folder, FILE);
  }
}
