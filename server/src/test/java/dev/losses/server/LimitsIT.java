package dev.losses.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.losses.spi.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One caller takes neither the server's memory, nor its threads, nor its time from the others. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "losses.http.max-body-size=8MB",
      "losses.http.memory=2MB",
      "losses.http.queue=0",
      "losses.evaluation.deadline=500ms"
    })
class LimitsIT {
  private static final String HUBER = "/v1/losses/huber/evaluate";
  private static final String REQUEST = "{\"y_true\": [1], \"y_pred\": [3]}";
  private static final int LARGE = 1 << 20;

  @LocalServerPort
  private int port;

  @AfterEach
  void theNextRequestWorks() {
    Client.Answer next = new Client(port).huber(REQUEST);
    assertEquals(1.5, next.json().path("loss").asDouble(), next.body());
  }

  @Test
  void compressedBodiesAreUnpacked() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(REQUEST.getBytes(US_ASCII));
    }
    assertEquals(1.5, encoded("gzip", gzip).json().path("loss").asDouble());
    ByteArrayOutputStream deflate = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(deflate)) {
      out.write(REQUEST.getBytes(US_ASCII));
    }
    assertEquals(1.5, encoded("deflate", deflate).json().path("loss").asDouble());
  }

  @Test
  void aBodyThatUnpacksToMoreThanTheLimitIsRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      byte[] blanks = " ".repeat(1 << 20).getBytes(US_ASCII);
      for (int i = 0; i < 64; i++) {
        out.write(blanks);
      }
    }
    Client.Answer answer = encoded("gzip", bomb);
    assertEquals(413, answer.status(), answer.body());
  }

  @Test
  void arraysThatNeedMoreMemoryThanThereIsAreRefused() {
    String ones = "1" + ",1".repeat(200_000);
    Client.Answer answer =
        new Client(port).huber("{\"y_true\": [" + ones + "], \"y_pred\": [" + ones + "]}");
    assertEquals(413, answer.status(), answer.body());
    assertTrue(answer.body().contains("send them in parts"), answer.body());
  }

  @Test
  void aRequestTakesAtMostThreeTimesItsArrays() {
    int most = (2 << 20) / 3 / 2 / Double.BYTES;
    String numbers = "0.5" + ",0.5".repeat(most - 1);
    Client.Answer answer =
        new Client(port).huber("{\"y_true\": [" + numbers + "], \"y_pred\": [" + numbers + "]}");
    assertEquals(200, answer.status(), answer.body());
  }

  @Test
  void whatAnAnswerTakesIsCounted() {
    int fits = (2 << 20) / 3 / 2 / Float.BYTES;
    Tensor half = Tensor.of(new float[fits], fits);
    Tensor full = Tensor.of(new float[2 * fits], 2 * fits);
    byte[] small = new Form()
        .npy("y_true", half)
        .npy("y_pred", half)
        .text("gradient", "true")
        .toBytes();
    byte[] large = new Form()
        .npy("y_true", full)
        .npy("y_pred", full)
        .text("gradient", "true")
        .toBytes();
    assertEquals(200, new Client(port).post(HUBER, Form.CONTENT_TYPE, small).status());
    assertEquals(413, new Client(port).post(HUBER, Form.CONTENT_TYPE, large).status());
  }

  @Test
  void wideningIsCounted() {
    int count = (2 << 20) / 3 / Float.BYTES;
    byte[] form = new Form()
        .npy("y_true", Tensor.of(new float[count], count))
        .npy("y_pred", Tensor.of(new float[count], count))
        .text("dtype", "float64")
        .toBytes();
    assertEquals(413, new Client(port).post(HUBER, Form.CONTENT_TYPE, form).status());
  }

  @Test
  void parametersOfManyValuesAreNotKept() {
    String many = "1" + ",1.5".repeat(10_000);
    for (int i = 0; i < 3; i++) {
      Client.Answer answer = new Client(port)
          .post(
              "/v1/losses/nll/evaluate",
              Form.CONTENT_TYPE,
              new Form()
                  .text("y_true", "[0]")
                  .text("y_pred", "[[-1, -1]]")
                  .text("weight", many)
                  .toBytes());
      assertEquals(422, answer.status(), answer.body());
      assertTrue(answer.body().length() < 2_000, answer.body());
    }
  }

  @Test
  void slowSendersOfLargeBodiesLeaveTheServerToOthers() throws IOException {
    int mostTransfers = 4 * Runtime.getRuntime().availableProcessors();
    List<Socket> senders = new ArrayList<>();
    try {
      for (int i = 0; i < mostTransfers; i++) {
        senders.add(HalfARequest.begin(port, LARGE));
      }
      theNextRequestWorks();
      // The server may not have read the last head yet.
      String large = REQUEST + " ".repeat(LARGE);
      Client.Answer answer = new Client(port).huber(large);
      while (answer.status() == 200) {
        answer = new Client(port).huber(large);
      }
      assertEquals(503, answer.status(), answer.body());
      assertEquals("1", answer.header("retry-after"));
      assertEquals("server-busy", answer.code());
      for (Socket sender : senders) {
        sender
            .getOutputStream()
            .write(
                (REQUEST.substring(1) + " ".repeat(LARGE - REQUEST.length())).getBytes(US_ASCII));
        assertTrue(HalfARequest.answer(sender).startsWith("HTTP/1.1 200 "));
      }
    } finally {
      for (Socket sender : senders) {
        sender.close();
      }
    }
  }

  @Test
  void aLossThatTakesTooLongIsGivenUp() {
    int rows = 20_000;
    float[] embeddings = new float[2 * rows];
    for (int i = 0; i < embeddings.length; i++) {
      embeddings[i] = (float) Math.sin(i);
    }
    byte[] form = new Form()
        .npy("y_true", Tensor.of(new float[rows], rows))
        .npy("y_pred", Tensor.of(embeddings, rows, 2))
        .toBytes();
    Client.Answer answer =
        new Client(port).post("/v1/losses/info_nce/evaluate", Form.CONTENT_TYPE, form);
    assertEquals(504, answer.status(), answer.body());
    assertEquals("evaluation-deadline", answer.code());
  }

  private Client.Answer encoded(String encoding, ByteArrayOutputStream body) {
    return new Client(port)
        .send(
            "POST",
            HUBER,
            BodyPublishers.ofByteArray(body.toByteArray()),
            "Content-Type",
            "application/json",
            "Content-Encoding",
            encoding);
  }
}
