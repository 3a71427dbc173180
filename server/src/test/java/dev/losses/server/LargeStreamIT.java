package dev.losses.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.losses.server.arrow.ArrowBytes;
import dev.losses.server.arrow.ArrowBytes.Column;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gigabytes go through a server that has a heap of 256 megabytes. */
@Timeout(300)
class LargeStreamIT {
  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
  private static final List<Column> PAIR =
      List.of(Column.of("y_true", "float32"), Column.of("y_pred", "float32"));
  private static final int ROWS = 65_536;

  @TempDir
  static Path folder;

  private static Process server;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    server = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+ExitOnOutOfMemoryError",
            "--add-modules",
            "jdk.incubator.vector",
            "-jar",
            "target/losses-server.jar",
            "--server.port=0",
            "--losses.plugins.directory=" + folder.resolve("plugins"))
        .redirectErrorStream(true)
        .start();
    BufferedReader log = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        port = Integer.parseInt(started.group(1));
        Thread drain = new Thread(() -> log.lines().forEach(rest -> {}), "server-log");
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
    throw new AssertionError("The server did not start");
  }

  @AfterAll
  static void stop() {
    server.destroy();
  }

  @Test
  void anArrowStreamOfTwoGigabytes() throws IOException {
    // The mean of the squares is 17.5 in one and four times that in the other.
    byte[] batch = batch(1);
    byte[] other = batch(2);
    long sent = 0;
    try (OpenStream stream =
        new OpenStream(port, "/v1/losses/mse/evaluate", "application/vnd.apache.arrow.stream")) {
      stream.send(ArrowBytes.schema(PAIR));
      while (sent < 2L << 30) {
        stream.send(batch);
        stream.send(other);
        sent += batch.length + other.length;
      }
      stream.send(ArrowBytes.end());
      stream.end();
      assertAnswer(stream.answer(), 43.75);
    }
  }

  private static byte[] batch(int factor) {
    double[] yPred = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      yPred[i] = i % 8 * factor;
    }
    return ArrowBytes.batch(PAIR, new double[ROWS], yPred);
  }

  @Test
  void aHundredMegabytesOfJsonLines() throws IOException {
    byte[] lines = "{\"y_true\": 0.125, \"y_pred\": 3.125}\n{\"y_true\": 1, \"y_pred\": 2}\n"
        .repeat(10_000)
        .getBytes(US_ASCII);
    long sent = 0;
    try (OpenStream stream =
        new OpenStream(port, "/v1/losses/mse/evaluate", "application/x-ndjson")) {
      while (sent < 100 << 20) {
        stream.send(lines);
        sent += lines.length;
      }
      stream.end();
      assertAnswer(stream.answer(), 5);
    }
  }

  private static void assertAnswer(String answer, double loss) {
    assertThat(answer).startsWith("HTTP/1.1 200").contains("\"loss\":" + loss + ",");
  }
}
