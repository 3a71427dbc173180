package dev.losses.server.plugins;

import dev.losses.server.plugins.gate.Reasons;
import dev.losses.server.plugins.gate.Sighting;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that jars are put in. Belongs to the host's thread. */
final class PluginFolder {
  private static final Logger log = LoggerFactory.getLogger(PluginFolder.class);

  private final Path directory;
  private boolean readable = true;

  PluginFolder(Path directory) {
    this.directory = directory;
  }

  /** The jars in the folder by name, hidden ones aside; nothing where the folder is there but cannot be read. */
  Optional<Map<String, Sighting>> scan() {
    try {
      Map<String, Sighting> found = read();
      readable = true;
      return Optional.of(found);
    } catch (IOException e) {
      if (readable) {
        log.warn(
            "The plugin folder cannot be read; nothing changes until it can: {}", Reasons.of(e));
      }
      readable = false;
      return Optional.empty();
    }
  }

  private Map<String, Sighting> read() throws IOException {
    Map<String, Sighting> found = new TreeMap<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, PluginFolder::isJar)) {
      for (Path jar : jars) {
        see(jar, found);
      }
    } catch (NoSuchFileException | NotDirectoryException absent) {
      return Map.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static void see(Path jar, Map<String, Sighting> found) {
    try {
      Sighting sighting = Sighting.of(jar);
      found.put(sighting.file(), sighting);
    } catch (NoSuchFileException removedMeanwhile) {
      return;
    }
  }

  private static boolean isJar(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".jar") && !name.startsWith(".");
  }
}
