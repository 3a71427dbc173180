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

/** However many connect, nobody is kept from the server. */
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
    List<SocketChannel> idle = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        SocketChannel connection =
            SocketChannel.open(new InetSocketAddress("localhost", server.port()));
        idle.add(connection);
        if (i % 2 == 0) {
          connection.write(ByteBuffer.wrap("POST /v1/losses/huber/evaluate HT".getBytes(US_ASCII)));
        }
      }
      Client client = new Client(server.port());
      Client.Answer next = client.huber("{\"y_true\": [1], \"y_pred\": [3]}");
      assertEquals(1.5, next.json().path("loss").asDouble(), next.body());
    } finally {
      for (SocketChannel connection : idle) {
        connection.close();
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
