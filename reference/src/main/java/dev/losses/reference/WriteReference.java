package dev.losses.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes the reference into the repository it is started in, and removes the pages of losses that are gone. */
public final class WriteReference {
  private WriteReference() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws IOException {
    Path repository = Path.of("");
    Path folder = folder(repository);
    Map<String, String> pages = Reference.of(repository).pages();
    for (String stale : written(folder).keySet()) {
      if (!pages.containsKey(stale)) {
        Files.delete(folder.resolve(stale));
      }
    }
    Files.createDirectories(folder.resolve("plots"));
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
  }

  /** Where a repository has its reference. */
  static Path folder(Path repository) {
    return repository.resolve("docs").resolve("losses");
  }

  /** The files of a folder by their paths within it; none when there is no such folder. */
  static Map<String, String> written(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (!Files.exists(folder)) {
      return files;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.filter(Files::isRegularFile).forEach(path -> {
        try {
          files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
    return files;
  }
}
