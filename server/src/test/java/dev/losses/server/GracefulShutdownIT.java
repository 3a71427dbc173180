package dev.losses.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A server that stops finishes what it took. */
class GracefulShutdownIT {

  @Test
  void aRequestThatIsUnderWayIsAnswered() throws Exception {
    ConfigurableApplicationContext server =
        SpringApplication.run(LossesServer.class, "--server.port=0");
    int port = ((WebServerApplicationContext) server).getWebServer().getPort();
    String body = "{\"y_true\": [1], \"y_pred\": [3]}";
    try (Socket caller = HalfARequest.begin(port, body.length())) {
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
      awaitClosed(port);
      caller.getOutputStream().write(body.substring(1).getBytes(US_ASCII));
      String answer = HalfARequest.answer(caller);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertTrue(answer.contains("\"loss\":1.5"), answer);
      stopped.get(1, TimeUnit.MINUTES);
    }
  }

  private static void awaitClosed(int port) throws IOException {
    while (true) {
      try {
        new Socket("localhost", port).close();
      } catch (ConnectException e) {
        return;
      }
    }
  }
}
