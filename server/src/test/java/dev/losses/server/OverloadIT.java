package dev.losses.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A server with too much to do says so to some, and serves the others. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "losses.http.queue=1")
class OverloadIT {
  private static final String LIST = "[1" + ",0.25".repeat(5_000) + "]";
  private static final String REQUEST = "{\"y_true\": " + LIST + ", \"y_pred\": " + LIST + "}";

  private static final String INFO_NCE = "/v1/losses/info_nce/evaluate";

  @LocalServerPort
  private int port;

  @Test
  void everyAnswerIsRightOrSaysWhenToTryAgain() throws InterruptedException {
    Set<Integer> statuses = new ConcurrentSkipListSet<>();
    ExecutorService callers = Executors.newFixedThreadPool(16);
    for (int i = 0; i < 16; i++) {
      callers.execute(() -> {
        for (int call = 0; call < 50; call++) {
          statuses.add(call());
        }
      });
    }
    callers.shutdown();
    assertTrue(callers.awaitTermination(2, TimeUnit.MINUTES));
    assertEquals(new TreeSet<>(Set.of(200, 503)), statuses);
    assertEquals(200, call());
  }

  /** Every row is compared with every other, so that these few take a second each. */
  @Test
  void aCallThatWouldFindNoPlaceIsRefusedBeforeItsBodyIsRead() {
    String labels = "[0, 0" + ", 1, 1".repeat(3_000) + "]";
    String rows = "[[1, 0.5], [0.5, 1]" + ", [0.25, 2], [2, 0.25]".repeat(3_000) + "]";
    String slow = "{\"y_true\": " + labels + ", \"y_pred\": " + rows + "}";
    Client client = new Client(port);
    List<CompletableFuture<Client.Answer>> running = Stream.generate(
            () -> CompletableFuture.supplyAsync(
                () -> client.post(INFO_NCE, slow), task -> new Thread(task).start()))
        .limit(Runtime.getRuntime().availableProcessors() + 1L)
        .toList();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
    Client.Answer answer = client.post(INFO_NCE, "not JSON");
    while (answer.status() == 400 && !all.isDone()) {
      answer = client.post(INFO_NCE, "not JSON");
    }
    assertEquals("server-busy", answer.code());
    assertEquals("1", answer.header("retry-after"));
    assertEquals(400, client.huber("not JSON").status());
    assertEquals(200, client.huber("{\"y_true\": [1], \"y_pred\": [2]}").status());
    running.forEach(each -> assertEquals(200, each.join().status()));
  }

  private int call() {
    Client.Answer answer = new Client(port).huber(REQUEST);
    if (answer.status() == 503) {
      assertEquals("server-busy", answer.code());
      assertEquals("1", answer.header("retry-after"));
    } else {
      assertEquals(0, answer.json().path("loss").asDouble(), answer.body());
    }
    return answer.status();
  }
}
