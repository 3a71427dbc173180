package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.losses.server.catalog.Catalog;
import dev.losses.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The versions of a plugin: going back to one, and asking for one. */
class RollbackTest {
  private static final String FILE = "good.jar";

  @TempDir
  Path folder;

  @TempDir
  Path cache;

  @Test
  void theVersionBeforeServesAgainAndTheJarInTheFolderWaits() throws IOException {
    try (HostFixture host = HostFixture.on(folder)) {
      serve(host, "1", 1);
      serve(host, "2", 10);
      host.host.rollBack("good").join();

      assertThat(host.call("good", 0, 1)).isEqualTo(1);
      PluginStatus out = host.awaitState(FILE, PluginState.QUARANTINED);
      assertThat(out.version()).isEqualTo("2");
      assertThat(out.stage()).isEqualTo("rollback");
      assertThat(out.reason()).contains("rolled back to 1");

      Files.setLastModifiedTime(folder.resolve(FILE), FileTime.from(Instant.now()));
      host.awaitVersion(FILE, "2");
      assertThat(host.call("good", 0, 1)).isEqualTo(10);
    }
  }

  @Test
  void asManyVersionsAreKeptAsTheSettingsSay() {
    try (HostFixture host = HostFixture.on(folder)) {
      for (int version = 1; version <= 4; version++) {
        serve(host, "" + version, version);
      }
      host.host.rollBack("good").join();
      assertThat(host.call("good", 0, 1)).isEqualTo(3);
      host.host.rollBack("good").join();
      assertThat(host.call("good", 0, 1)).isEqualTo(2);
      assertThat(host.awaitState(FILE, PluginState.QUARANTINED).version()).isEqualTo("4");
      assertThat(host.host.rollBack("good"))
          .failsWithin(HostFixture.SOON)
          .withThrowableThat()
          .withCauseInstanceOf(ProblemException.class)
          .withMessageContaining("No earlier version");
      assertThat(host.call("good", 0, 1)).isEqualTo(2);
    }
  }

  @Test
  void aPluginThatIsNotThereCannotBeRolledBack() {
    try (HostFixture host = HostFixture.on(folder)) {
      assertThat(host.host.rollBack("absent"))
          .failsWithin(HostFixture.SOON)
          .withThrowableThat()
          .withMessageContaining("No plugin 'absent' is active");
    }
  }

  @Test
  void aVersionThatIsRefusedNowStaysKept() {
    String refusing = "losses.test.refuse";
    PluginJar moody = PluginJar.named("good", "1").withType("acme.Good", """
            package acme;
            import dev.losses.spi.*;
            @LossName("good")
            public record Good() implements FormulaLoss {
              static {
                if (Boolean.getBoolean("%s")) { throw new IllegalStateException("not in the mood"); }
              }
              @Override public Expr loss(Expr yTrue, Expr yPred) { return yTrue.minus(yPred).squared(); }
            }
            """.formatted(refusing));
    try (HostFixture host = HostFixture.on(folder)) {
      moody.dropInto(folder, FILE);
      host.awaitVersion(FILE, "1");
      serve(host, "2", 10);
      System.setProperty(refusing, "true");
      assertThat(host.host.rollBack("good"))
          .failsWithin(HostFixture.SOON)
          .withThrowableThat()
          .withMessageContaining("not in the mood");
      assertThat(host.call("good", 0, 1)).isEqualTo(10);
      System.clearProperty(refusing);
      host.host.rollBack("good").join();
      assertThat(host.call("good", 0, 1)).isEqualTo(1);
    } finally {
      System.clearProperty(refusing);
    }
  }

  @Test
  void anIdThatTwoFilesHaveIsNotGuessedAt() {
    try (HostFixture host = HostFixture.on(folder)) {
      serve(host, "1", 1);
      serve(host, "2", 2);
      PluginJar.named("good", "1").withLoss("Better", "better", 1).dropInto(folder, "better.jar");
      host.awaitVersion("better.jar", "1");
      assertThat(host.host.rollBack("good"))
          .failsWithin(HostFixture.SOON)
          .withThrowableThat()
          .withMessageContaining("Several files");
    }
  }

  @Test
  void theBytesOfARemovedPluginAreNotKept() throws IOException {
    try (HostFixture host = HostFixture.withCache(folder, cache)) {
      serve(host, "1", 1);
      serve(host, "2", 2);
      HostFixture.until(() -> copies() == 2);
      host.remove(FILE);
      HostFixture.until(() -> copies() == 0);
    }
  }

  @Test
  void aCopyThatSomebodyDeletedIsMadeAgain() throws IOException {
    try (HostFixture host = HostFixture.withCache(folder, cache)) {
      serve(host, "1", 1);
      serve(host, "2", 2);
      HostFixture.until(() -> copies() == 2);
      try (Stream<Path> files = Files.list(cache)) {
        for (Path copy : files.toList()) {
          Files.delete(copy);
        }
      }
      serve(host, "1", 1);
      assertThat(host.call("good", 0, 1)).isEqualTo(1);
    }
  }

  @Test
  void aVersionAnswersAsLongAsItIsLive() {
    try (HostFixture host = HostFixture.on(folder)) {
      serve(host, "1", 1);
      try (Catalog.Lease underWay = host.host.lease()) {
        serve(host, "2", 10);
        assertThat(evaluate(host, "1")).contains(1.0);
        assertThat(evaluate(host, "2")).contains(10.0);
        assertThat(evaluate(host, "3")).isEmpty();
        assertThat(underWay.losses().find("good")).isPresent();
      }
      HostFixture.until(() -> evaluate(host, "1").isEmpty());
      String digest = String.valueOf(host.awaitVersion(FILE, "2").digest());
      assertThat(evaluate(host, "2#" + digest)).contains(10.0);
      assertThat(evaluate(host, "2#sha256:0")).isEmpty();
    }
  }

  private static Optional<Double> evaluate(HostFixture host, String version) {
    Optional<Catalog.Lease> lease = host.host.lease("good", version);
    try (Catalog.Lease held = lease.orElse(null)) {
      return held == null
          ? Optional.empty()
          : Optional.of(HostFixture.evaluate(held, "good", 0, 1));
    }
  }

  private void serve(HostFixture host, String version, double factor) {
    PluginJar.named("good", version).withLoss("Good", "good", factor).dropInto(folder, FILE);
    host.awaitVersion(FILE, version);
  }

  private long copies() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.count();
    }
  }
}
