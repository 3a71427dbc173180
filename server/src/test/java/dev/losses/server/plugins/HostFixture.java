package dev.losses.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.losses.api.LossCatalog;
import dev.losses.api.LossDefinition;
import dev.losses.engine.LossInputs;
import dev.losses.server.catalog.Catalog;
import dev.losses.server.plugins.gate.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A running plugin host on a folder of its own, in a hurry. */
final class HostFixture implements AutoCloseable {
  private static final Set<PluginState> HAS_LEFT =
      EnumSet.of(PluginState.CLOSED, PluginState.COLLECTED);

  static final Duration SOON = Duration.ofSeconds(20);

  private static final IsolationProperties PATIENT =
      new IsolationProperties(Duration.ofSeconds(30), 64);

  final Path folder;
  final PluginBoard board = new PluginBoard();
  final List<PluginChange> changes = new CopyOnWriteArrayList<>();
  final PluginHost host;

  private HostFixture(Path folder, @Nullable Path cache, Duration loadDeadline) {
    this(properties(folder, cache, Duration.ofMillis(30), loadDeadline), PATIENT);
  }

  private HostFixture(PluginProperties properties, IsolationProperties isolation) {
    this.folder = properties.directory();
    try {
      host = new PluginHost(
          properties,
          isolation,
          LossCatalog.load().definitions(),
          evaluation -> {},
          board,
          changes::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    host.start();
  }

  static HostFixture on(Path folder) {
    return new HostFixture(folder, null, Duration.ofSeconds(10));
  }

  static HostFixture withCache(Path folder, Path cache) {
    return new HostFixture(folder, cache, Duration.ofSeconds(10));
  }

  static HostFixture withLoadDeadline(Path folder, Duration deadline) {
    return new HostFixture(folder, null, deadline);
  }

  static HostFixture withRescan(Path folder, Duration rescan) {
    return new HostFixture(properties(folder, null, rescan, Duration.ofSeconds(10)), PATIENT);
  }

  static HostFixture withIsolation(Path folder, IsolationProperties isolation) {
    return new HostFixture(
        properties(folder, null, Duration.ofMillis(30), Duration.ofSeconds(10)), isolation);
  }

  /** One that trusts these digests alone. */
  static HostFixture trusting(Path folder, String... digests) {
    return new HostFixture(
        new PluginProperties(
            folder,
            null,
            Duration.ofMillis(30),
            Duration.ofSeconds(10),
            Trust.Mode.DIGEST,
            List.of(digests),
            2,
            Duration.ofSeconds(30)),
        PATIENT);
  }

  /** One that tells soon of versions that do not drain. */
  static HostFixture withDrainDeadline(Path folder, Duration deadline) {
    return new HostFixture(
        new PluginProperties(
            folder,
            null,
            Duration.ofMillis(30),
            Duration.ofSeconds(10),
            Trust.Mode.OPEN,
            List.of(),
            2,
            deadline),
        PATIENT);
  }

  private static PluginProperties properties(
      Path folder, @Nullable Path cache, Duration rescan, Duration loadDeadline) {
    return new PluginProperties(
        folder, cache, rescan, loadDeadline, Trust.Mode.OPEN, List.of(), 2, Duration.ofSeconds(30));
  }

  static void until(Callable<Boolean> condition) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(condition);
  }

  PluginStatus awaitState(String file, PluginState state) {
    await()
        .alias(file + " " + state)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(board.plugins())
            .anyMatch(status -> status.file().equals(file) && status.state() == state));
    return status(file, state).orElseThrow();
  }

  Optional<PluginStatus> status(String file, PluginState state) {
    return board.plugins().stream()
        .filter(status -> status.file().equals(file) && status.state() == state)
        .findFirst();
  }

  PluginStatus awaitVersion(String file, String version) {
    until(() -> status(file, PluginState.ACTIVE)
        .filter(status -> version.equals(status.version()))
        .isPresent());
    return status(file, PluginState.ACTIVE).orElseThrow();
  }

  /** Waits until nothing of that file is left but the memory of it. */
  void awaitGone(String file) {
    until(() -> board.plugins().stream()
        .noneMatch(status -> status.file().equals(file) && !HAS_LEFT.contains(status.state())));
  }

  void remove(String file) {
    try {
      Files.delete(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean serves(String loss) {
    return definition(loss).isPresent();
  }

  Optional<LossDefinition> definition(String loss) {
    try (Catalog.Lease lease = host.lease()) {
      return lease.losses().find(loss);
    }
  }

  /** The loss of a single pair of scalars. */
  double evaluate(String loss, double yTrue, double yPred) {
    try (Catalog.Lease lease = host.lease()) {
      return evaluate(lease, loss, yTrue, yPred);
    }
  }

  /** The same as a caller of the server gets it: on the plugin's own threads. */
  double call(String loss, double yTrue, double yPred) {
    try (Catalog.Lease lease = host.lease()) {
      return lease.call(lease.losses().definition(loss), () -> evaluate(lease, loss, yTrue, yPred));
    }
  }

  static double evaluate(Catalog.Lease lease, String loss, double yTrue, double yPred) {
    return lease
        .losses()
        .loss(loss)
        .evaluate(LossInputs.of(new double[] {yTrue}, new double[] {yPred}))
        .value();
  }

  @Override
  public void close() {
    host.close();
  }
}
