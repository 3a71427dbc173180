package dev.losses.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** A caller whose body is too large reads why, also when it writes the whole body before it reads. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "losses.http.max-body-size=8MB")
class BodyLimitIT {
  private static final String HEAD = """
      POST /v1/losses/huber/evaluate HTTP/1.1
      Host: localhost
      Content-Type: application/json
      """.replace("\n", "\r\n");
  private static final int TOO_LARGE = 24 << 20;

  @LocalServerPort
  private int port;

  @Test
  void anAnnouncedBodyBeyondTheLimitIsRefusedWithoutAReset() throws IOException {
    assertRefusedWithoutReset("Content-Length: " + TOO_LARGE + "\r\n\r\n" + tooLarge());
  }

  @Test
  void aChunkedBodyBeyondTheLimitIsRefusedWithoutAReset() throws IOException {
    assertRefusedWithoutReset("Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(TOO_LARGE)
        + "\r\n" + tooLarge() + "\r\n0\r\n\r\n");
  }

  @Test
  void theOpenInferenceProtocolHasItsOwnWordsForIt() {
    InferenceCaller.Answer refusal =
        new InferenceCaller(port).send("POST", "/v2/models/huber/infer", new byte[TOO_LARGE]);
    assertEquals(413, refusal.status());
    assertEquals("{\"error\":\"The body is larger than the 8 MB allowed.\"}", refusal.text());
  }

  @Test
  void nobodyIsAskedForABodyThatIsRefusedAnyway() throws IOException {
    assertEquals("HTTP/1.1 413", asking(TOO_LARGE));
    assertEquals("HTTP/1.1 100", asking(TOO_LARGE / 6));
  }

  /** It is asked for, and so waited for by then. */
  @Test
  void aSmallBodyMayComeInPiecesAndLeavesTheConnectionAsGoodAsBefore() throws IOException {
    String body = "{\"y_true\": [1], \"y_pred\": [3]}" + " ".repeat(40_000);
    String rest = "Content-Length: " + body.length() + "\r\nExpect: 100-continue\r\n\r\n";
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      InputStream answers = socket.getInputStream();
      for (int request = 0; request < 2; request++) {
        socket.getOutputStream().write((HEAD + rest).getBytes(US_ASCII));
        assertTrue(head(answers).startsWith("HTTP/1.1 100"));
        for (int from = 0; from < body.length(); from += 7_000) {
          String piece = body.substring(from, Math.min(from + 7_000, body.length()));
          socket.getOutputStream().write(piece.getBytes(US_ASCII));
        }
        String head = head(answers);
        Matcher length = Pattern.compile("(?i)content-length: *([0-9]+)").matcher(head);
        assertTrue(length.find(), head);
        byte[] json = answers.readNBytes(Integer.parseInt(length.group(1)));
        assertEquals(1.5, new JsonMapper().readTree(json).path("loss").asDouble());
      }
    }
  }

  private static String head(InputStream answers) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) answers.read());
    }
    return head.toString();
  }

  /** How the answer to a head begins whose sender waits to be asked for the body. */
  private String asking(int length) throws IOException {
    String rest = "Content-Length: " + length + "\r\nExpect: 100-continue\r\n\r\n";
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((HEAD + rest).getBytes(US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), US_ASCII);
    }
  }

  private void assertRefusedWithoutReset(String lengthAndBody) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((HEAD + lengthAndBody).getBytes(US_ASCII));
      // A reset would be an exception here.
      String refusal = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(refusal.startsWith("HTTP/1.1 413 "), refusal);
      assertTrue(refusal.contains("\r\nConnection: close\r\n"), refusal);
      assertTrue(refusal.contains("\"code\":\"body-too-large\""), refusal);
      assertTrue(
          refusal.contains("\"detail\":\"The body is larger than the 8 MB allowed.\""), refusal);
    }
    Client.Answer next = new Client(port).huber("{\"y_true\": [1], \"y_pred\": [3]}");
    assertEquals(1.5, next.json().path("loss").asDouble(), next.body());
  }

  /** A long list: JSON as far as it goes, so that only its size is wrong. */
  private static String tooLarge() {
    String start = "{\"y_true\": [1";
    String end = "]}";
    return start + " ".repeat(TOO_LARGE - start.length() - end.length()) + end;
  }
}
