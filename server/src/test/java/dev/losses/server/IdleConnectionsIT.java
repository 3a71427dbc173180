package dev.losses.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many connect, or send slowly, nobody is kept from the server. */
@Timeout(300)
class IdleConnectionsIT {
  private static final int CONNECTIONS = 10_000;

  @TempDir
  static Path folder;

  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerProcess.start(folder, "-Xmx1g", "-XX:+ExitOnOutOfMemoryError");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tenThousandConnectionsOnWhichNothingHappensLeaveTheServerToOthers() throws IOException {
    String head = "POST /v1/losses/huber/evaluate HTTP/1.1\r\nHost: a\r\n"
        + "Content-Type: application/json\r\nContent-Length: 30\r\n\r\n{";
    List<String> sent = List.of("", head.substring(0, 20), "", head);
    List<SocketChannel> idle = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        SocketChannel connection =
            SocketChannel.open(new InetSocketAddress("localhost", server.port()));
        idle.add(connection);
        connection.write(ByteBuffer.wrap(sent.get(i % sent.size()).getBytes(US_ASCII)));
      }
      String body = "{\"y_true\": [1], \"y_pred\": [3]}";
      try (Socket next = new Socket("localhost", server.port())) {
        next.setSoTimeout(60_000);
        next.getOutputStream()
            .write((head.substring(0, head.length() - 1) + body).getBytes(US_ASCII));
        assertEquals("HTTP/1.1 200", new String(next.getInputStream().readNBytes(12), US_ASCII));
      }
    } finally {
      for (SocketChannel connection : idle) {
        connection.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson"})
  void slowSendersOfMuchLeaveTheServerToOthers(String contentType) throws IOException {
    String rows = "{\"y_true\": [1], \"y_pred\": [3]}" + " ".repeat(1 << 20) + "\n";
    String head = "POST /v1/losses/huber/evaluate HTTP/1.1\r\nHost: a\r\nContent-Type: "
        + contentType + "\r\nContent-Length: 1000000\r\n\r\n";
    List<Socket> slow = new ArrayList<>();
    try {
      int places = 4 * Runtime.getRuntime().availableProcessors();
      for (int i = 0; i < places + 40; i++) {
        Socket socket = new Socket("localhost", server.port());
        slow.add(socket);
        socket.getOutputStream().write((head + rows.substring(0, 10_000)).getBytes(US_ASCII));
      }
      Client.Answer answer = new Client(server.port())
          .post("/v1/losses/huber/evaluate", contentType, rows.getBytes(US_ASCII));
      assertEquals(1.5, answer.json().path("loss").asDouble(), answer.body());
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void aThousandMayConnectWhileTheServerHasNoTimeToAcceptThem() throws Exception {
    List<Socket> connected = new ArrayList<>();
    try {
      signal("STOP");
      for (int i = 0; i < CONNECTIONS / 10; i++) {
        Socket socket = new Socket();
        socket.setSoTimeout(60_000);
        connected.add(socket);
        socket.connect(new InetSocketAddress("localhost", server.port()), 10_000);
        socket
            .getOutputStream()
            .write("GET /v2/health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      }
      signal("CONT");
      for (Socket socket : connected) {
        assertEquals("HTTP/1.1 200", new String(socket.getInputStream().readNBytes(12), US_ASCII));
      }
    } finally {
      signal("CONT");
      for (Socket socket : connected) {
        socket.close();
      }
    }
  }

  private static void signal(String name) throws IOException, InterruptedException {
    String process = Long.toString(server.process().pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + name, process).start().waitFor());
  }
}
