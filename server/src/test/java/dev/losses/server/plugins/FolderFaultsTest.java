package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to files in real folders. */
class FolderFaultsTest {
  private static final String FILE = "good.jar";
  private static final PluginJar ONE = PluginJar.named("good", "1").withLoss("Good", "good", 1);
  private static final PluginJar TWO = PluginJar.named("good", "2").withLoss("Good", "good", 2);

  @TempDir
  Path folder;

  @TempDir
  Path elsewhere;

  @Test
  void aJarCopiedInManySlowChunksServesOnceItIsWhole() throws IOException {
    byte[] jar = ONE.bytes();
    Path file = folder.resolve(FILE);
    try (HostFixture host = HostFixture.on(folder)) {
      int chunk = jar.length / 20 + 1;
      for (int from = 0; from < jar.length; from += chunk) {
        int to = Math.min(jar.length, from + chunk);
        Files.write(
            file,
            Arrays.copyOfRange(jar, from, to),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        String digest = digest(Arrays.copyOf(jar, to));
        PluginState expected = to == jar.length ? PluginState.ACTIVE : PluginState.QUARANTINED;
        HostFixture.until(() -> host.status(FILE, expected)
            .filter(status -> digest.equals(status.digest()))
            .isPresent());
      }
      assertThat(host.call("good", 0, 1)).isEqualTo(1);
    }
  }

  @Test
  void aCopyThatStallsHalfWayLeavesWhatServes() throws IOException {
    byte[] jar = TWO.bytes();
    try (HostFixture host = HostFixture.on(folder)) {
      ONE.dropInto(folder, FILE);
      host.awaitVersion(FILE, "1");
      Files.write(folder.resolve(FILE), Arrays.copyOf(jar, jar.length / 2));
      host.awaitState(FILE, PluginState.QUARANTINED);
      assertThat(host.call("good", 0, 1)).isEqualTo(1);
      Files.write(folder.resolve(FILE), jar);
      host.awaitVersion(FILE, "2");
    }
  }

  @Test
  void aZeroedMiddleIsFoundOut() throws IOException {
    byte[] jar = TWO.bytes();
    Arrays.fill(jar, jar.length / 3, jar.length / 2, (byte) 0);
    try (HostFixture host = HostFixture.on(folder)) {
      Files.write(folder.resolve(FILE), jar);
      assertThat(host.awaitState(FILE, PluginState.QUARANTINED).stage()).isEqualTo("structure");
    }
  }

  @Test
  void aJarReplacedInPlaceWithTheSameSizeAndTimeIsNoticed() throws IOException {
    Path file = folder.resolve(FILE);
    FileTime time = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    byte[] one = ONE.bytes();
    PluginJar other = IntStream.range(2, 100)
        .mapToObj(version -> ONE.version("" + version))
        .filter(jar -> jar.bytes().length == one.length)
        .findFirst()
        .orElseThrow();
    try (HostFixture host = HostFixture.on(folder)) {
      Files.write(file, one);
      Files.setLastModifiedTime(file, time);
      String before = String.valueOf(host.awaitVersion(FILE, "1").digest());
      Files.write(file, other.bytes());
      Files.setLastModifiedTime(file, time);
      HostFixture.until(() -> host.status(FILE, PluginState.ACTIVE)
          .filter(status -> !before.equals(status.digest()))
          .isPresent());
    }
  }

  @Test
  void aJarWithAnOlderTimeReplacesANewerOne() throws IOException {
    try (HostFixture host = HostFixture.on(folder)) {
      TWO.dropInto(folder, FILE);
      host.awaitVersion(FILE, "2");
      Path old = Files.write(elsewhere.resolve(FILE), ONE.bytes());
      Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
      Files.move(
          old,
          folder.resolve(FILE),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
      host.awaitVersion(FILE, "1");
    }
  }

  @Test
  void aTimeInTheFutureDoesNotKeepAJarOut() throws IOException {
    Path file = Files.write(folder.resolve(FILE), ONE.bytes());
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofDays(365))));
    try (HostFixture host = HostFixture.on(folder)) {
      host.awaitVersion(FILE, "1");
    }
  }

  @Test
  void aLinkThatLeadsOutOfTheFolderIsRefused() throws IOException {
    Path outside = ONE.dropInto(elsewhere, FILE);
    Files.createSymbolicLink(folder.resolve(FILE), outside);
    try (HostFixture host = HostFixture.on(folder)) {
      PluginStatus status = host.awaitState(FILE, PluginState.QUARANTINED);
      assertThat(status.stage()).isEqualTo("scan");
      assertThat(status.reason())
          .contains("leads out of the folder")
          .doesNotContain(elsewhere.toString());
    }
  }

  /** {@code good.jar -> ..data/good.jar -> ..time/good.jar}, of which the middle link is swapped. */
  @Test
  void aConfigMapSwappedUnderLoadFailsNoCall() throws IOException {
    swapIn("..first", ONE);
    Files.createSymbolicLink(folder.resolve(FILE), Path.of("..data", FILE));
    try (HostFixture host = HostFixture.on(folder)) {
      host.awaitVersion(FILE, "1");
      underLoad(host, () -> swapIn("..second", TWO));
      assertThat(host.call("good", 0, 1)).isEqualTo(2);
    }
  }

  @Test
  void aJarOverwrittenInPlaceUnderLoadFailsNoCall() throws IOException {
    byte[] jar = TWO.bytes();
    try (HostFixture host = HostFixture.on(folder)) {
      ONE.dropInto(folder, FILE);
      host.awaitVersion(FILE, "1");
      underLoad(host, () -> {
        Files.write(folder.resolve(FILE), Arrays.copyOf(jar, jar.length / 2));
        host.awaitState(FILE, PluginState.QUARANTINED);
        Files.write(folder.resolve(FILE), jar);
      });
    }
  }

  private interface Change {
    void make() throws IOException;
  }

  private static void underLoad(HostFixture host, Change change) throws IOException {
    AtomicBoolean stop = new AtomicBoolean();
    Set<Double> answers = ConcurrentHashMap.newKeySet();
    CompletableFuture<Void> calls = CompletableFuture.runAsync(() -> {
      while (!stop.get()) {
        answers.add(host.call("good", 0, 1));
      }
    });
    try {
      HostFixture.until(() -> answers.contains(1.0));
      change.make();
      HostFixture.until(() -> answers.contains(2.0));
    } finally {
      stop.set(true);
    }
    assertThat(calls).succeedsWithin(HostFixture.SOON);
    assertThat(answers).containsExactlyInAnyOrder(1.0, 2.0);
  }

  private void swapIn(String time, PluginJar jar) throws IOException {
    jar.dropInto(folder.resolve(time), FILE);
    Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(time));
    Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aFolderThatCannotBeWrittenToServes() throws IOException {
    ONE.dropInto(folder, FILE);
    // Permissions do not bind root, but even root cannot write a file where a directory lies.
    Files.createDirectories(folder.resolve(".losses-active/taken"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (HostFixture host = HostFixture.withCache(folder, elsewhere)) {
      host.awaitVersion(FILE, "1");
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** A zip file system has no events at all. */
  @Test
  void aFolderWithoutFileEventsIsPolled() throws IOException {
    try (FileSystem zip =
            FileSystems.newFileSystem(elsewhere.resolve("folder.zip"), Map.of("create", "true"));
        HostFixture host = HostFixture.on(zip.getPath("plugins"))) {
      ONE.dropInto(host.folder, FILE);
      host.awaitVersion(FILE, "1");
      TWO.dropInto(host.folder, FILE);
      host.awaitVersion(FILE, "2");
      host.remove(FILE);
      host.awaitGone(FILE);
      assertThat(host.host.hearsEvents()).isFalse();
      assertThat(new PluginHealth(host.board, host.host::hearsEvents).health().getDetails())
          .containsEntry("folder", "polling");
    }
  }

  @Test
  void twoServersShareAFolder() {
    try (HostFixture one = HostFixture.on(folder);
        HostFixture other = HostFixture.on(folder)) {
      for (PluginJar jar : List.of(ONE, TWO, ONE)) {
        jar.dropInto(folder, FILE);
        String version = jar == TWO ? "2" : "1";
        assertThat(one.awaitVersion(FILE, version).digest())
            .isEqualTo(other.awaitVersion(FILE, version).digest());
      }
      one.remove(FILE);
      one.awaitGone(FILE);
      other.awaitGone(FILE);
    }
  }

  @Test
  void fiveHundredJarsAtOnceAllServe() {
    PluginJar many = PluginJar.named("many", "1").withLoss("Good", "good_1000", 1);
    String code = new String(many.file("acme/Good.class"), StandardCharsets.ISO_8859_1);
    try (HostFixture host = HostFixture.on(folder)) {
      for (int i = 1000; i < 1500; i++) {
        byte[] named = code.replace("good_1000", "good_" + i).getBytes(StandardCharsets.ISO_8859_1);
        many.withFile("acme/Good.class", named).dropInto(folder, "many-" + i + ".jar");
      }
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> host.board.count(PluginState.ACTIVE) == 500);
      assertThat(host.call("good_1499", 0, 3)).isEqualTo(9);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
