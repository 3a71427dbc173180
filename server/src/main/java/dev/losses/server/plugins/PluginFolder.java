package dev.losses.server.plugins;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The folder that jars are put in. */
final class PluginFolder {
  private final Path directory;

  PluginFolder(Path directory) {
    this.directory = directory;
  }

  /**
   * The jars in the folder by name, hidden ones aside; none where there is no folder.
   *
   * @throws IOException when the folder is there but cannot be read
   */
  Map<String, Sighting> scan() throws IOException {
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
