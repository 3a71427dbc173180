package dev.losses.server.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Set;
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

  LastActive(Path pluginFolder) {
    this.file = pluginFolder.resolve(".losses-active");
    this.before = read(file);
  }

  /** Whether that plugin served when the server last ran. */
  boolean served(Identity identity) {
    String digest = identity.digest();
    return digest != null && before.contains(digest);
  }

  void save(Collection<String> digests) {
    try {
      if (digests.isEmpty()) {
        Files.deleteIfExists(file);
        return;
      }
      Path part = Files.write(file.resolveSibling(".losses-active.part"), digests);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
