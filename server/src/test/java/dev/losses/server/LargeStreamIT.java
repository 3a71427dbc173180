package dev.losses.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.losses.server.arrow.ArrowBytes;
import dev.losses.server.arrow.ArrowBytes.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gigabytes go through a server that has a heap of 256 megabytes. */
@Timeout(300)
class LargeStreamIT {
  private static final List<Column> PAIR =
      List.of(Column.of("y_true", "float32"), Column.of("y_pred", "float32"));
  private static final int ROWS = 65_536;

  @TempDir
  static Path folder;

  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerProcess.start(folder, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anArrowStreamOfTwoGigabytes() throws IOException {
    // The mean of the squares is 17.5 in one and four times that in the other.
    byte[] batch = batch(1);
    byte[] other = batch(2);
    long sent = 0;
    try (OpenStream stream = new OpenStream(
        server.port(), "/v1/losses/mse/evaluate", "application/vnd.apache.arrow.stream")) {
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
        new OpenStream(server.port(), "/v1/losses/mse/evaluate", "application/x-ndjson")) {
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
