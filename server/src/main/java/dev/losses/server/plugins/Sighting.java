package dev.losses.server.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A jar as a scan saw it. Two equal sightings are taken to be the same bytes.
 *
 * @param path where it lies
 * @param size its size
 * @param modified when it was last written
 * @param key the file's own key (its inode), which tells a file from another moved in its place
 */
record Sighting(Path path, long size, FileTime modified, String key) implements Identity.Known {

  static Sighting of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new Sighting(
        path,
        attributes.size(),
        attributes.lastModifiedTime(),
        String.valueOf(attributes.fileKey()));
  }

  String file() {
    return path.getFileName().toString();
  }

  /** Whether the same file is still there, unchanged. */
  boolean stillHolds() {
    try {
      return equals(of(path));
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public Identity identity() {
    return Identity.ofFile(file());
  }
}
