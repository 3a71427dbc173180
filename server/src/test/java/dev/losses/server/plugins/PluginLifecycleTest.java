package dev.losses.server.plugins;

import static dev.losses.server.plugins.HostFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.losses.server.catalog.Catalog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Jars that come, change and go while the host runs. */
class PluginLifecycleTest {
  private static final PluginJar SQUARES =
      PluginJar.named("squares", "1.0").withLoss("Squares", "squares", 2);
  private static final PluginJar MORE_SQUARES =
      PluginJar.named("squares", "1.1").withLoss("Squares", "squares", 3);

  private final LoadedCode loaded = LoadedCode.watch();

  @TempDir
  Path temp;

  @Test
  void aJarDroppedIntoTheFolderServes() {
    try (HostFixture host = HostFixture.on(temp.resolve("plugins"))) {
      assertThat(host.serves("squares")).isFalse();

      SQUARES.dropInto(host.folder, "squares-1.0.jar");

      PluginStatus status = host.awaitState("squares-1.0.jar", PluginState.ACTIVE);
      assertThat(status.id()).isEqualTo("squares");
      assertThat(status.version()).isEqualTo("1.0");
      assertThat(status.digest()).matches("sha256:[0-9a-f]{64}");
      assertThat(status.losses()).containsExactly("squares");
      assertThat(status.stage()).isNull();
      assertThat(host.evaluate("squares", 1, 4)).isEqualTo(18);
      assertThat(host.definition("squares").orElseThrow().source())
          .extracting(
              source -> source.plugin(), source -> source.version(), source -> source.digest())
          .containsExactly("squares", "1.0", status.digest());
    }
  }

  @Test
  void aJarThatLiesThereBeforeTheStartServesFromTheStart() throws IOException {
    Path jar = SQUARES.dropInto(temp, "squares.jar");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    try (HostFixture host = HostFixture.on(temp)) {
      assertThat(host.serves("squares")).isTrue();
    }
  }

  @Test
  void aReplacedJarServesItsNewVersion() {
    try (HostFixture host = HostFixture.on(temp)) {
      SQUARES.dropInto(temp, "squares.jar");
      String first = host.awaitVersion("squares.jar", "1.0").digest();

      MORE_SQUARES.dropInto(temp, "squares.jar");

      assertThat(host.awaitVersion("squares.jar", "1.1").digest()).isNotEqualTo(first);
      assertThat(host.evaluate("squares", 1, 4)).isEqualTo(27);
    }
  }

  @Test
  void anOlderVersionPutInThePlaceOfANewerOneServes() {
    try (HostFixture host = HostFixture.on(temp)) {
      MORE_SQUARES.dropInto(temp, "squares.jar");
      host.awaitVersion("squares.jar", "1.1");
      SQUARES.dropInto(temp, "squares.jar");
      host.awaitVersion("squares.jar", "1.0");
      assertThat(host.evaluate("squares", 1, 4)).isEqualTo(18);
    }
  }

  @Test
  void aRemovedJarServesNoMore() {
    try (HostFixture host = HostFixture.on(temp)) {
      SQUARES.dropInto(temp, "squares.jar");
      host.awaitState("squares.jar", PluginState.ACTIVE);

      host.remove("squares.jar");

      host.awaitGone("squares.jar");
      assertThat(host.serves("squares")).isFalse();
      assertThat(host.changes)
          .extracting(PluginChange::outcome)
          .containsExactly(PluginChange.Outcome.ACTIVATED, PluginChange.Outcome.REMOVED);
    }
  }

  @Test
  void aCallUnderWayFinishesOnTheVersionItBeganWith() {
    try (HostFixture host = HostFixture.on(temp)) {
      SQUARES.dropInto(temp, "squares.jar");
      host.awaitVersion("squares.jar", "1.0");
      Catalog.Lease underWay = host.host.lease();

      MORE_SQUARES.dropInto(temp, "squares.jar");
      host.awaitVersion("squares.jar", "1.1");

      assertThat(host.status("squares.jar", PluginState.DRAINING)).isPresent();
      assertThat(HostFixture.evaluate(underWay, "squares", 1, 4)).isEqualTo(18);
      assertThat(host.evaluate("squares", 1, 4)).isEqualTo(27);
      underWay.close();
      until(() -> host.status("squares.jar", PluginState.DRAINING).isEmpty());
    }
  }

  @Test
  void theGenerationGrowsWithEveryChange() {
    try (HostFixture host = HostFixture.on(temp)) {
      long before = generation(host);
      SQUARES.dropInto(temp, "squares.jar");
      host.awaitState("squares.jar", PluginState.ACTIVE);
      assertThat(generation(host)).isGreaterThan(before);
    }
  }

  @Test
  void theCodeOfARemovedPluginLeavesMemory() {
    try (HostFixture host = HostFixture.on(temp)) {
      SQUARES.dropInto(temp, "squares.jar");
      host.awaitState("squares.jar", PluginState.ACTIVE);
      host.evaluate("squares", 1, 4);
      assertThat(loaded.alive()).isEqualTo(1);

      host.remove("squares.jar");

      host.awaitGone("squares.jar");
      awaitCollected(loaded);
    }
  }

  @Test
  void reloadsLeaveNothingBehind() {
    int warmUp = 50;
    int reloads = Boolean.getBoolean("losses.soak") ? 3000 : 200;
    long level = 0;
    Path cache = temp.resolve("cache");
    try (HostFixture host = HostFixture.withCache(temp.resolve("plugins"), cache)) {
      for (int i = 0; i < reloads; i++) {
        SQUARES.version("1." + i).dropInto(host.folder, "squares.jar");
        host.awaitVersion("squares.jar", "1." + i);
        assertThat(host.evaluate("squares", 1, 4)).isEqualTo(18);
        if (i == warmUp) {
          level = metaspace();
        }
      }
      host.remove("squares.jar");
      host.awaitGone("squares.jar");
      assertThat(loaded.count()).isEqualTo(reloads);
      awaitCollected(loaded);

      // A loader that stays keeps several times as much.
      assertThat(metaspace()).isLessThan(level + (reloads - warmUp) * 10_000L);
      until(() -> jarsIn(cache) == 0);
    }
  }

  private static long metaspace() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(pool -> pool.getUsage().getUsed())
        .sum();
  }

  @Test
  void theFolderMayComeLaterAndGo() throws IOException {
    Path folder = temp.resolve("plugins");
    try (HostFixture host = HostFixture.on(folder)) {
      SQUARES.dropInto(folder, "squares.jar");
      host.awaitState("squares.jar", PluginState.ACTIVE);
      host.remove("squares.jar");
      FileSystemUtils.deleteRecursively(folder);
      host.awaitGone("squares.jar");
      SQUARES.dropInto(folder, "squares.jar");
      host.awaitState("squares.jar", PluginState.ACTIVE);
    }
  }

  @Test
  void hiddenFilesAndOtherFilesAreLeftAlone() {
    try (HostFixture host = HostFixture.on(temp)) {
      SQUARES.dropInto(temp, ".hidden.jar");
      SQUARES.dropInto(temp, "squares.txt");
      MORE_SQUARES.dropInto(temp, "squares.jar");
      host.awaitState("squares.jar", PluginState.ACTIVE);
      assertThat(host.board.plugins()).hasSize(1);
    }
  }

  @Test
  void aJarTouchedWithoutAChangeIsNotReplaced() throws IOException {
    try (HostFixture host = HostFixture.on(temp)) {
      Path jar = SQUARES.dropInto(temp, "squares.jar");
      host.awaitState("squares.jar", PluginState.ACTIVE);
      long generation = generation(host);
      Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
      PluginJar.named("other", "1").withLoss("Other", "other", 1).dropInto(temp, "other.jar");
      host.awaitState("other.jar", PluginState.ACTIVE);
      until(() -> host.status("squares.jar", PluginState.LOADING).isEmpty());
      assertThat(generation(host)).isEqualTo(generation + 1);
    }
  }

  @Test
  void closingEndsEveryPluginAndKeepsTheBuiltInLosses() {
    HostFixture host = HostFixture.on(temp);
    SQUARES.dropInto(temp, "squares.jar");
    host.awaitState("squares.jar", PluginState.ACTIVE);
    host.close();
    assertThat(host.serves("squares")).isFalse();
    assertThat(host.serves("huber")).isTrue();
    awaitCollected(loaded);
  }

  @Test
  void closingDoesNotWaitForTheNextScan() {
    HostFixture host = HostFixture.withRescan(temp, Duration.ofMinutes(1));
    assertTimeout(Duration.ofSeconds(3), host::close);
  }

  @Test
  void manyJarsDoNotLoadAllAtOnce() throws IOException {
    Loading loading = new Loading();
    System.getProperties().put("losses.test.loading", (Runnable) loading::meet);
    int jars = 4 * Examinations.AT_ONCE;
    for (int i = 0; i < jars; i++) {
      Path jar = slow("Slow" + i).dropInto(temp, "slow-" + i + ".jar");
      Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    }
    try (HostFixture host = HostFixture.on(temp)) {
      until(() -> host.board.count(PluginState.ACTIVE) == jars);
      assertThat(loading.most.get()).isBetween(1, Examinations.AT_ONCE);
    } finally {
      System.getProperties().remove("losses.test.loading");
    }
  }

  /** Counts how many constructors run at one time; the first few wait for one another. */
  private static final class Loading {
    final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();

    private final CountDownLatch first = new CountDownLatch(Examinations.AT_ONCE);

    void meet() {
      int now = running.incrementAndGet();
      most.accumulateAndGet(now, Math::max);
      first.countDown();
      try {
        first.await();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
      running.decrementAndGet();
    }
  }

  private static PluginJar slow(String type) {
    return PluginJar.named(type, "1").withType("acme." + type, """
            package acme;
            import dev.losses.spi.*;
            public record %1$s(double x) implements FormulaLoss {
              public %1$s() {
                this(1);
                ((Runnable) System.getProperties().get("losses.test.loading")).run();
              }
              @Override public Expr loss(Expr yTrue, Expr yPred) { return yTrue.minus(yPred).squared(); }
            }
            """.formatted(type));
  }

  private static long generation(HostFixture host) {
    try (Catalog.Lease lease = host.host.lease()) {
      return lease.generation();
    }
  }

  private static void awaitCollected(LoadedCode loaded) {
    until(() -> {
      System.gc();
      return loaded.alive() == 0;
    });
  }

  private static long jarsIn(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).count();
    }
  }
}
