package dev.losses.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.api.LossCatalog;
import dev.losses.server.catalog.Catalog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A caller who takes long to read the answer keeps no plugin from going. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SlowReaderIT {
  private static final String LIST = "[" + "1,".repeat(2_000_000) + "1]";
  private static final String DATA =
      "\"y_true\": " + LIST + ", \"y_pred\": " + LIST + ", \"gradient\": true}";

  @LocalServerPort
  private int port;

  @Autowired
  private CountingCatalog catalog;

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
      /v1/losses/huber/evaluate; {
      /v1/evaluate;              {"losses": [{"name": "huber"}, {"name": "mse"}],
      """)
  void noLossIsHeldWhileTheAnswerIsNotRead(String path, String start) throws IOException {
    int before = catalog.closed.get();
    String body = start + DATA;
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress("localhost", port));
      socket
          .getOutputStream()
          .write(
              ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                  .getBytes(US_ASCII));
      await().atMost(Duration.ofSeconds(10)).until(() -> catalog.closed.get() > before);
      byte[] status = socket.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 200", new String(status, US_ASCII));
    }
  }

  /** Counts the leases that ended. */
  static final class CountingCatalog implements Catalog {
    private final LossCatalog losses = LossCatalog.load();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public Lease lease() {
      return new Lease() {
        @Override
        public LossCatalog losses() {
          return losses;
        }

        @Override
        public long generation() {
          return 1;
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }

    @Override
    public Optional<Lease> lease(String loss, String version) {
      return Optional.empty();
    }
  }

  @TestConfiguration
  static class Configuration {
    @Bean
    @Primary
    CountingCatalog countingCatalog() {
      return new CountingCatalog();
    }
  }
}
