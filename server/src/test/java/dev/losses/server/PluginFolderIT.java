package dev.losses.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.losses.server.plugins.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The example plugin, built as an outsider builds it, in the folder of a running server. */
@Tag("every-jdk")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PluginFolderIT {
  private static final Path EXAMPLE = Path.of("../examples/my-huber-plugin");
  /** Where the build puts what it made of the example. */
  private static final Path BUILT =
      Path.of("target/examples/my-huber-plugin/target/my-huber-plugin-1.0.0.jar");

  private static final String FILE = "my-huber-plugin.jar";
  private static final Duration VISIBLE = Duration.ofSeconds(5);
  private static final String BODY = "{\"y_true\": [0, 0], \"y_pred\": [1, 3], \"gradient\": true}";

  @TempDir
  static Path folder;

  @LocalServerPort
  private int port;

  private Client client;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("losses.plugins.directory", () -> folder.toString());
  }

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @AfterEach
  void emptyTheFolder() throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
    within(() -> List.of("LOADING", "ACTIVE", "QUARANTINED").stream()
        .noneMatch(client.get("/v1/plugins").body()::contains));
  }

  @Test
  void theExamplePluginComesChangesAndGoesWhileTheServerRuns() throws IOException {
    assertThat(evaluate().status()).isEqualTo(404);

    Files.copy(BUILT, folder.resolve(FILE));
    within(() -> evaluate().status() == 200);
    JsonNode first = evaluate().json();
    assertThat(first.path("loss").asDouble()).isEqualTo((0.5 + 2.5) / 2);
    assertThat(first.path("gradients").path("y_pred").get(1).asDouble()).isEqualTo(0.5);
    assertThat(first.path("source").path("plugin").asString()).isEqualTo("my-huber-plugin");
    assertThat(first.path("source").path("version").asString()).isEqualTo("1.0.0");
    assertThat(client.get("/v3/api-docs").body()).contains("/v1/losses/my_huber/evaluate");

    changedExample().dropInto(folder, FILE);
    within(() -> evaluate().json().path("source").path("version").asString().equals("1.1.0"));
    JsonNode second = evaluate().json();
    assertThat(second.path("loss").asDouble()).isEqualTo((0.5 + 4) / 2);
    assertThat(second.path("source").path("digest").asString())
        .startsWith("sha256:")
        .isNotEqualTo(first.path("source").path("digest").asString());

    Files.delete(folder.resolve(FILE));
    within(() -> evaluate().status() == 404);
    assertThat(client.get("/v3/api-docs").body()).doesNotContain("my_huber");
  }

  @Test
  void thePluginListTheEndpointAndTheMetricsTellOfIt() throws IOException {
    Files.copy(BUILT, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    within(() -> evaluate().status() == 200);

    JsonNode plugin = client.get("/v1/plugins").json().path("plugins").get(0);
    assertThat(plugin.path("file").asString()).isEqualTo(FILE);
    assertThat(plugin.path("id").asString()).isEqualTo("my-huber-plugin");
    assertThat(plugin.path("version").asString()).isEqualTo("1.0.0");
    assertThat(plugin.path("digest").asString())
        .isEqualTo(evaluate().json().path("source").path("digest").asString());
    assertThat(plugin.path("state").asString()).isEqualTo("ACTIVE");
    assertThat(plugin.path("losses").get(0).asString()).isEqualTo("my_huber");
    assertThat(plugin.path("since").asString()).isNotEmpty();
    assertThat(plugin.has("reason")).isFalse();

    assertThat(client.get("/actuator/plugins").json().path("plugins").get(0)).isEqualTo(plugin);
    assertThat(client.get("/actuator/prometheus").body())
        .contains("losses_plugins{state=\"active\"} 1.0")
        .contains("losses_plugin_changes_total{outcome=\"activated\"}");
    assertThat(client.get("/actuator/health").status()).isEqualTo(200);
  }

  @Test
  void theHealthCountsThePluginsAndTellsHowTheFolderIsWatched() {
    JsonNode details = client.get("/actuator/health").json().at("/components/plugins/details");
    assertThat(details.path("folder").asString()).contains("polling");
    assertThat(details.has("active")).isTrue();
  }

  @Test
  void aServerWithoutAKeyIsClosedToAdministrators() {
    for (String path : new String[] {"/v1/plugins/rescan", "/v1/plugins/good/rollback"}) {
      Client.Answer answer = client.postWithKey(path, "guessed");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("losses.admin.key");
    }
  }

  @Test
  void aBadJarTellsItsReasonAndTheServerGoesOn() throws IOException {
    Files.write(folder.resolve(FILE), new byte[0]);
    within(() -> client.get("/v1/plugins").body().contains("QUARANTINED"));

    JsonNode plugin = client.get("/v1/plugins").json().path("plugins").get(0);
    assertThat(plugin.path("stage").asString()).isEqualTo("structure");
    assertThat(plugin.path("reason").asString()).isNotEmpty();
    assertThat(client.huber(BODY).status()).isEqualTo(200);
  }

  private Client.Answer evaluate() {
    return client.post("/v1/losses/my_huber/evaluate", BODY);
  }

  /** The example's next version: another default. */
  private static PluginJar changedExample() throws IOException {
    String source =
        Files.readString(EXAMPLE.resolve("src/main/java/com/example/losses/MyHuber.java"));
    assertThat(source).contains("this(1.0)");
    return PluginJar.named("my-huber-plugin", "1.1.0")
        .withType("com.example.losses.MyHuber", source.replace("this(1.0)", "this(2.0)"));
  }

  private static void within(Callable<Boolean> condition) {
    await().atMost(VISIBLE).pollInterval(Duration.ofMillis(50)).until(condition);
  }
}
