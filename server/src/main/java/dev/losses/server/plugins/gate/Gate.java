package dev.losses.server.plugins.gate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a jar goes through before it serves: stages in a row, each of which passes on what it made of it or refuses it with
 * the reason as text. Thread-safe; several jars may be examined at once.
 */
public final class Gate implements AutoCloseable {
  /** The names of the stages, in their order. */
  public static final List<String> STAGES =
      List.of("scan", "copy", "structure", "trust", "spi", "nd4j", "load", "canary");

  private final JarCache cache;
  private final Path folder;
  private final Pipeline<Sighting, StoredJar> arrival;
  private final Pipeline<StoredJar, LoadedPlugin> examination;

  /**
   * A gate.
   *
   * @param cache where the copies are kept that are examined and then run; closed with the gate
   * @param folder where the jars lie that are examined
   * @param trust whose code may run
   * @param deadline how long each stage may take
   */
  public Gate(JarCache cache, Path folder, Trust trust, Duration deadline) {
    Deadline limited = new Deadline(deadline);
    this.cache = cache;
    this.folder = folder;
    this.arrival =
        Pipeline.of("scan", limited.on(Sighting::check)).then("copy", limited.on(cache::store));
    this.examination = Pipeline.of("structure", limited.on(JarStructure::check))
        .then("trust", trust::check)
        .then("spi", limited.on(SpiLinkage::check))
        .then("nd4j", Nd4jStart::check)
        .then("load", limited.on(new PluginLoader()::load))
        .then("canary", limited.on(Canary::check));
  }

  /** Examines a jar in the folder. The caller closes what is admitted. */
  public Verdict<LoadedPlugin> examine(Sighting jar) {
    return arrival.run(jar).andThen(examination::run);
  }

  /** Examines bytes that were kept. They are given up, or belong to what is admitted. */
  public Verdict<LoadedPlugin> examine(StoredJar kept) {
    return examination.run(kept);
  }

  /** Another hold on bytes that are kept. The caller closes it. */
  public StoredJar keep(StoredJar kept) {
    return cache.share(kept);
  }

  /** A hold on the bytes of a plugin that outlives it. The caller closes it. */
  public StoredJar keep(LoadedPlugin plugin) {
    return cache.share(plugin.stored());
  }

  /** Where things lie on this machine is nobody's business, but a plugin's failure may tell. */
  public Rejection withoutPaths(Rejection rejection) {
    String reason = Reasons.withoutPaths(rejection.reason(), cache.directory(), folder);
    return new Rejection(rejection.identity(), rejection.losses(), rejection.stage(), reason);
  }

  @Override
  public void close() {
    cache.close();
  }
}
