package dev.losses.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.losses.server.plugins.TensorLossJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar, in a process of its own, and a plugin that uses ND4J. */
class Nd4jServerIT {
  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String BODY =
      "{\"y_true\": [[0, 0]], \"y_pred\": [[3, 4]], \"gradient\": true}";

  @TempDir
  Path folder;

  private Process server;

  @AfterEach
  void stop() throws InterruptedException {
    server.destroy();
    server.waitFor();
  }

  @Test
  void nd4jIsLoadedForTheFirstPluginThatUsesItAndNotBefore() throws IOException {
    Path classes = folder.resolve("classes.log");
    Client client = start("-Xlog:class+load:file=" + classes);
    assertThat(Files.readString(classes)).contains("dev.losses.").doesNotContain(" org.nd4j.");

    TensorLossJar.right().dropInto(folder.resolve("plugins"), "tensors.jar");
    await().atMost(SOON).until(() -> client.get("/v1/plugins").body().contains("\"ACTIVE\""));
    assertThat(client.post("/v1/losses/half_squares/evaluate", BODY).body())
        .contains("\"loss\":12.5", "\"y_pred\":[[3.0,4.0]]");
  }

  @Test
  void withoutItsNativeLibraryTheServerRunsOnAndSaysWhatIsMissing() throws IOException {
    Client client = start("-Dorg.bytedeco.javacpp.platform=linux-riscv64");
    TensorLossJar.right().dropInto(folder.resolve("plugins"), "tensors.jar");
    await().atMost(SOON).until(() -> client.get("/v1/plugins").body().contains("\"QUARANTINED\""));
    assertThat(client.get("/v1/plugins").body())
        .contains("\"stage\":\"nd4j\"")
        .contains("ND4J cannot run here: its native library for linux-riscv64 is missing");
    assertThat(client.post("/v1/losses/huber/evaluate", BODY).status()).isEqualTo(200);
  }

  private Client start(String setting) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        setting,
        "-jar",
        "target/losses-server.jar",
        "--server.port=0",
        "--losses.plugins.directory=" + folder.resolve("plugins")));
    server = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader log =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder printed = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      printed.append(line).append('\n');
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        Thread drain = new Thread(() -> log.lines().forEach(rest -> {}), "server-log");
        drain.setDaemon(true);
        drain.start();
        return new Client(Integer.parseInt(started.group(1)));
      }
    }
    throw new AssertionError("The server did not start:\n" + printed);
  }
}
