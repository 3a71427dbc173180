package dev.losses.server.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A jar as a scan saw it. Two equal sightings are taken to be the same bytes.
 *
 * @param path where it lies
 * @param size its size
 * @param modified when it was last written
 * @param key the file's own key (its inode), which tells a file from another moved in its place
 * @param unreadable why nothing of it could be read; null where it could
 */
record Sighting(
    Path path,
    long size,
    FileTime modified,
    String key,
    @Nullable String unreadable) implements Identity.Known {

  /** @throws NoSuchFileException when it is gone */
  static Sighting of(Path path) throws NoSuchFileException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Sighting(
          path,
          attributes.size(),
          attributes.lastModifiedTime(),
          String.valueOf(attributes.fileKey()),
          null);
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (IOException e) {
      return new Sighting(path, 0, FileTime.fromMillis(0), "", Reasons.of(e));
    }
  }

  /** Lets only a file pass of which something could be read. */
  static Sighting check(Sighting sighting) throws Stage.Refusal {
    if (sighting.unreadable != null) {
      throw new Stage.Refusal("It cannot be read: " + sighting.unreadable);
    }
    return sighting;
  }

  String file() {
    return path.getFileName().toString();
  }

  /** Whether the same file is still there, unchanged. */
  boolean stillHolds() {
    try {
      return equals(of(path));
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  @Override
  public Identity identity() {
    return Identity.ofFile(file());
  }
}
