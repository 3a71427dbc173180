package dev.losses.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.server.arrow.ArrowBytes;
import dev.losses.server.arrow.ArrowBytes.Column;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Streams have limits of their own, and keep nobody waiting. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "losses.http.max-body-size=8MB",
      "losses.http.max-stream-size=24MB",
      "losses.http.memory=8MB",
      "losses.http.grace=1s",
      "server.tomcat.connection-timeout=2s",
      "losses.http.min-rate=1MB"
    })
class StreamLimitsIT {
  private static final String HUBER = "/v1/losses/huber/evaluate";
  private static final String NDJSON = "application/x-ndjson";
  private static final String ARROW = "application/vnd.apache.arrow.stream";
  private static final String PAIR = "{\"y_true\": 1, \"y_pred\": 3}\n";
  private static final List<Column> COLUMNS =
      List.of(Column.of("y_true", "float64"), Column.of("y_pred", "float64"));

  @LocalServerPort
  private int port;

  private Client client;

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  @Test
  void aStreamMayBeLargerThanOtherBodies() {
    Client.Answer answer = client.post(HUBER, NDJSON, PAIR.repeat(400_000).getBytes(UTF_8));
    assertEquals(1.5, answer.json().path("loss").asDouble(), answer.body());
  }

  @Test
  void aStreamBeyondTheLimitIsRefusedPackedOrNot() throws IOException {
    byte[] lines = PAIR.repeat(1_000_000).getBytes(UTF_8);
    assertTooLarge(client.post(HUBER, NDJSON, lines));
    assertTooLarge(client.send(
        "POST",
        HUBER,
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(lines)),
        "Content-Type",
        NDJSON));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(lines);
    }
    assertTooLarge(client.send(
        "POST",
        HUBER,
        BodyPublishers.ofByteArray(packed.toByteArray()),
        "Content-Type",
        NDJSON,
        "Content-Encoding",
        "gzip"));
  }

  private static void assertTooLarge(Client.Answer answer) {
    assertEquals(413, answer.status(), answer.body());
    assertTrue(answer.body().contains("larger than the 24 MB allowed"), answer.body());
  }

  @Test
  void aRecordBatchThatIsTooLargeToBeHeldIsRefusedWithTheFix() {
    double[] numbers = new double[1_100_000];
    Client.Answer answer = client.post(HUBER, ARROW, ArrowBytes.stream(COLUMNS, numbers, numbers));
    assertEquals(413, answer.status(), answer.body());
    assertTrue(
        answer.body().contains("8800000 bytes in the column y_true")
            && answer.body().contains("send smaller record batches"),
        answer.body());
    double[] fewer = new double[200_000];
    byte[] batch = ArrowBytes.batch(COLUMNS, fewer, fewer);
    answer = client.post(
        HUBER,
        ARROW,
        ArrowBytes.join(
            ArrowBytes.schema(COLUMNS), batch, batch, batch, batch, batch, ArrowBytes.end()));
    assertEquals(0, answer.json().path("loss").asDouble(), answer.body());
  }

  @Test
  void aRowThatIsTooLargeIsRefused() {
    String list = "[" + "1,".repeat(1_200_000) + "1]";
    Client.Answer answer = client.post(
        HUBER, NDJSON, ("{\"y_true\": " + list + ", \"y_pred\": " + list + "}\n").getBytes(UTF_8));
    assertEquals(413, answer.status(), answer.body());
  }

  @Test
  @Timeout(60)
  void streamsThatPauseKeepNobodyWaitingAndAreCutOff() throws IOException {
    List<OpenStream> senders = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
        OpenStream sender = new OpenStream(port, HUBER, NDJSON);
        senders.add(sender);
        sender.send(PAIR.repeat(70_000).getBytes(UTF_8));
      }
      Client.Answer other = client.huber("{\"y_true\": [1], \"y_pred\": [3]}");
      assertEquals(1.5, other.json().path("loss").asDouble(), other.body());
      for (OpenStream sender : senders) {
        assertTrue(sender.answer().startsWith("HTTP/1.1 408"));
      }
    } finally {
      for (OpenStream sender : senders) {
        sender.close();
      }
    }
  }
}
