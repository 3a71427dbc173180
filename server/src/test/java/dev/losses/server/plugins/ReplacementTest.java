package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.losses.server.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that are replaced or removed while they are called. */
class ReplacementTest {
  private static final String FILE = "good.jar";
  private static final int CALLERS = 8;
  private static final int CALLS = 10_000;

  private static final PluginJar ONE = PluginJar.named("good", "1").withLoss("Good", "good", 1);
  private static final PluginJar TWO = PluginJar.named("good", "2").withLoss("Good", "good", 2);

  @TempDir
  Path folder;

  @Test
  void tenThousandCallsDuringReplacementsAreEachWhollyOfOneVersionAndNoneFails() throws Exception {
    try (HostFixture host = HostFixture.on(folder)) {
      ONE.dropInto(folder, FILE);
      host.awaitVersion(FILE, "1");
      ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
      Set<String> seen = ConcurrentHashMap.newKeySet();
      CountDownLatch begun = new CountDownLatch(CALLERS);
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        all.add(callers.submit(() -> {
          begun.countDown();
          // As many as it says, and at least until both versions have answered.
          for (int call = 0; call < CALLS / CALLERS || seen.size() < 2; call++) {
            seen.add(callOnce(host));
          }
        }));
      }
      begun.await();
      for (int replaced = 0; !all.stream().allMatch(Future::isDone); replaced++) {
        PluginJar next = replaced % 2 == 0 ? TWO : ONE;
        next.dropInto(folder, FILE);
        host.awaitVersion(FILE, replaced % 2 == 0 ? "2" : "1");
      }
      for (Future<?> caller : all) {
        caller.get();
      }
      callers.shutdown();
      assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static String callOnce(HostFixture host) {
    try (Catalog.Lease lease = host.host.lease()) {
      String version = lease.losses().definition("good").source().version();
      double value = lease.call(
          lease.losses().definition("good"), () -> HostFixture.evaluate(lease, "good", 0, 1));
      assertThat(value).isEqualTo(Double.parseDouble(version));
      return version;
    }
  }

  @Test
  void aVersionThatFailsItsCanaryLeavesTheOneThatServes() {
    try (HostFixture host = HostFixture.on(folder)) {
      ONE.dropInto(folder, FILE);
      host.awaitVersion(FILE, "1");
      PluginJar.named("good", "2")
          .withArrayLoss("Good", "good", "", "losses[0] = Double.NaN;")
          .dropInto(folder, FILE);
      assertThat(host.awaitState(FILE, PluginState.QUARANTINED).stage()).isEqualTo("canary");
      assertThat(host.call("good", 0, 1)).isEqualTo(1);
    }
  }

  @Test
  void aPluginRemovedDuringASlowCallAnswersItAndTellsThatItDrains() throws IOException {
    PluginJar slow = PluginJar.named("good", "1").withArrayLoss("Good", "good", "", """
            if (pred.get(0) == 1000) {
              try { ((java.util.concurrent.CountDownLatch) System.getProperties().get("losses.test.slow")).await(); }
              catch (InterruptedException e) { losses[0] = -1; }
            }
            """);
    CountDownLatch go = new CountDownLatch(1);
    System.getProperties().put("losses.test.slow", go);
    try (HostFixture host = HostFixture.withDrainDeadline(folder, Duration.ofMillis(100))) {
      slow.dropInto(folder, FILE);
      host.awaitState(FILE, PluginState.ACTIVE);
      CompletableFuture<Double> call =
          CompletableFuture.supplyAsync(() -> host.call("good", 0, 1000));
      HostFixture.until(() -> host.status(FILE, PluginState.ACTIVE)
          .filter(status -> Integer.valueOf(1).equals(status.leases()))
          .isPresent());
      host.remove(FILE);
      HostFixture.until(() -> host.status(FILE, PluginState.DRAINING)
          .filter(status -> status.reason() != null)
          .isPresent());
      PluginStatus draining = host.status(FILE, PluginState.DRAINING).orElseThrow();
      assertThat(draining.reason()).contains("have not ended within 0.1 s");
      assertThat(draining.leases()).isEqualTo(1);
      assertThat(host.serves("good")).isFalse();

      go.countDown();
      assertThat(call).succeedsWithin(HostFixture.SOON).isEqualTo(1_000_000.0);
      host.awaitGone(FILE);
    } finally {
      System.getProperties().remove("losses.test.slow");
    }
  }
}
