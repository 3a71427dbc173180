package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.Identity;
import dev.losses.server.plugins.gate.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The digests of the plugins that serve, kept over a restart: of two that want one name, the one that had it gets it.
 * They lie in a hidden file in the plugin folder; where that cannot be written, nothing is kept and nobody told.
 */
final class LastActive {
  private static final Logger log = LoggerFactory.getLogger(LastActive.class);

  private final Path file;
  private final Set<String> before;
  private boolean settled;

  LastActive(Path pluginFolder) {
    this.file = pluginFolder.resolve(".losses-active");
    this.before = read(file);
  }

  /** Whether that plugin served when the server last ran. */
  boolean served(Identity identity) {
    String digest = identity.digest();
    return digest != null && before.contains(digest);
  }

  /** Notes that whatever served before has had the time to serve again. */
  void settle() {
    settled = true;
  }

  void save(Collection<String> serving) {
    Set<String> digests = new TreeSet<>(serving);
    if (!settled) {
      digests.addAll(
          before); // A crash while the server starts must not forget those that come last.
    }
    try {
      if (digests.isEmpty()) {
        Files.deleteIfExists(file);
        return;
      }
      // Another server may keep its own in the same folder at the same time; the last one is right.
      Path part =
          Files.createTempFile(file.toAbsolutePath().getParent(), ".losses-active-", ".part");
      try {
        Files.write(part, digests);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      log.debug("Which plugins serve cannot be kept over a restart: {}", Reasons.of(e));
    }
  }

  private static Set<String> read(Path file) {
    try {
      return Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
    } catch (IOException e) {
      log.debug("Which plugins served last cannot be read: {}", Reasons.of(e));
      return Set.of();
    }
  }
}
