package dev.losses.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Nobody holds a thread by sending slowly. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "losses.http.grace=300ms",
      "losses.http.min-rate=1MB",
      "server.tomcat.connection-timeout=1s"
    })
class SlowSendersIT {
  private static final int LARGE = 1 << 20;
  private static final int SMALL = 100;

  @LocalServerPort
  private int port;

  @AfterEach
  void theNextRequestWorks() {
    Client.Answer next = new Client(port).huber("{\"y_true\": [1], \"y_pred\": [3]}");
    assertEquals(1.5, next.json().path("loss").asDouble(), next.body());
  }

  @Test
  void aSenderThatTricklesIsCutOff() throws IOException {
    try (Socket socket = HalfARequest.begin(port, LARGE)) {
      new Thread(() -> trickle(socket)).start();
      assertTooSlow(socket);
    }
  }

  @Test
  void aSenderThatFallsSilentIsCutOff() throws IOException {
    try (Socket socket = HalfARequest.begin(port, LARGE)) {
      assertTooSlow(socket);
    }
  }

  @Test
  void nobodyIsWaitedForWhoseRequestIsRefused() throws IOException {
    for (String path : List.of("/v1/losses/no_such_loss/evaluate", "/nothing/here")) {
      try (Socket socket = HalfARequest.begin(port, path, LARGE)) {
        new Thread(() -> trickle(socket)).start();
        String answer = HalfARequest.answer(socket);
        assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
      }
    }
  }

  @Test
  void aSenderOfLittleThatFallsSilentIsCutOff() throws IOException {
    try (Socket socket = HalfARequest.begin(port, SMALL)) {
      assertTooSlow(socket);
    }
  }

  @Test
  void aSenderOfLittleThatTricklesIsCutOff() throws IOException {
    try (Socket socket = HalfARequest.begin(port, 60_000)) {
      new Thread(() -> trickle(socket)).start();
      assertTooSlow(socket);
    }
  }

  @Test
  void hundredsWhoFallSilentLeaveThreadsToOthers() throws IOException {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 600; i++) {
        silent.add(HalfARequest.begin(port, i % 2 == 0 ? LARGE : SMALL));
      }
      assertEquals(200, new Client(port).get("/actuator/health/liveness").status());
    } finally {
      for (Socket each : silent) {
        each.close();
      }
    }
    String large = "{\"y_true\": [1], \"y_pred\": [3]}" + " ".repeat(LARGE);
    await().until(() -> new Client(port).huber(large).status() == 200);
  }

  @Test
  void aSenderThatGoesAwayIsToldWhatIsMissing() throws IOException {
    try (Socket socket = HalfARequest.begin(port, SMALL)) {
      socket.shutdownOutput();
      String answer = HalfARequest.answer(socket);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(answer.contains("The body ended before it was complete."), answer);
    }
  }

  /** Or the caller's next request would meet the end of its connection. */
  @Test
  void aConnectionOutlastsAPauseBetweenTwoRequests() throws IOException {
    byte[] request = "GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(3_000);
      InputStream answers = socket.getInputStream();
      socket.getOutputStream().write(request);
      assertThrows(SocketTimeoutException.class, answers::readAllBytes);
      socket.getOutputStream().write(request);
      assertEquals("HTTP/1.1 200", new String(answers.readNBytes(12), US_ASCII));
    }
  }

  private static void trickle(Socket socket) {
    try {
      while (!socket.isClosed()) {
        socket.getOutputStream().write(' ');
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    } catch (IOException e) {
      // It is cut off.
    }
  }

  private static void assertTooSlow(Socket socket) throws IOException {
    String answer = HalfARequest.answer(socket);
    assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
    assertTrue(answer.contains("\"code\":\"body-too-slow\""), answer);
  }
}
