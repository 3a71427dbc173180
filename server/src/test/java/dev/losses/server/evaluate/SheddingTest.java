package dev.losses.server.evaluate;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.losses.api.LossCatalog;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.http.HttpProperties;
import dev.losses.server.metrics.EvaluationMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/** While as many long calls wait as may, one more is refused before its body is read, and nothing else is. */
class SheddingTest {
  private static final LossCatalog LOSSES = LossCatalog.load();

  private final LongCalls longCalls = new LongCalls(Duration.ofMinutes(1), 1, System::nanoTime);
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Shedding shedding = new Shedding(
      new Turns(new HttpProperties(
          DataSize.ofMegabytes(1),
          DataSize.ofMegabytes(1),
          1,
          Duration.ofSeconds(1),
          DataSize.ofKilobytes(1),
          Duration.ofSeconds(1),
          null)),
      longCalls,
      new BuiltIns(),
      new EvaluationMetrics(meters));
  private final HeldCalls held = new HeldCalls(longCalls);

  @AfterEach
  void stop() throws InterruptedException {
    held.letGo();
    longCalls.destroy();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/losses/info_nce/evaluate",
        "/v1/losses/%69nfo_nce/evaluate",
        "/v1/losses/ntxent/evaluate",
        "/v2/models/info_nce/infer",
        "/v2/models/info_nce/versions/1/infer"
      })
  void aLongCallIsRefusedWhateverItsPath(String path) throws ServletException, IOException {
    assertEquals(200, post(path));
    fillTheQueue();
    assertEquals(503, post(path));
    assertEquals(
        1,
        meters
            .get("losses.evaluations")
            .tags("loss", "info_nce", "outcome", "server-busy")
            .timer()
            .count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/losses/huber/evaluate",
        "/v1/losses/no_such_loss/evaluate",
        "/v1/losses/info_nce/evaluate/",
        "/v1/losses/info_nce",
        "/v1/evaluate",
        "/v2/models/huber/infer"
      })
  void whatDoesNotWaitForLongCallsIsLetThrough(String path) throws ServletException, IOException {
    fillTheQueue();
    assertEquals(200, post(path));
  }

  @Test
  void toAskForALossIsNoCall() throws ServletException, IOException {
    fillTheQueue();
    assertEquals(200, send("GET", "/v1/losses/info_nce/evaluate"));
  }

  private void fillTheQueue() {
    for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
      held.begin();
    }
    await().until(longCalls::isQueueFull);
  }

  private int post(String path) throws ServletException, IOException {
    return send("POST", path);
  }

  /** The status, 200 where it is let through. */
  private int send(String method, String path) throws ServletException, IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    shedding.doFilter(new MockHttpServletRequest(method, path), response, new MockFilterChain());
    return response.getStatus();
  }

  /** Our own losses, and nobody else's. */
  private static final class BuiltIns implements Catalog {
    @Override
    public Lease lease() {
      return new Lease() {
        @Override
        public LossCatalog losses() {
          return LOSSES;
        }

        @Override
        public long generation() {
          return 0;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public Optional<Lease> lease(String loss, String version) {
      return Optional.empty();
    }
  }
}
