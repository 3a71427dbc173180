package dev.losses.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever connects and says nothing keeps nobody else from the server. */
@Timeout(300)
class IdleConnectionsIT {
  private static final int CONNECTIONS = 10_000;

  @TempDir
  Path folder;

  @Test
  void tenThousandConnectionsOnWhichNothingHappensLeaveTheServerToOthers() throws IOException {
    List<SocketChannel> idle = new ArrayList<>();
    try (ServerProcess server =
        ServerProcess.start(folder, "-Xmx1g", "-XX:+ExitOnOutOfMemoryError")) {
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
}
