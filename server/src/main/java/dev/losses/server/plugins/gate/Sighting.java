package dev.losses.server.plugins.gate;

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
 * @param changed when anything about it was last changed, which nobody can set back; {@code modified} where it is not known
 * @param key the file's own key (its inode), which tells a file from another moved in its place
 * @param unreadable why nothing of it could be read; null where it could
 */
public record Sighting(
    Path path,
    long size,
    FileTime modified,
    FileTime changed,
    String key,
    @Nullable String unreadable)
    implements Identity.Known {

  private static final FileTime NEVER = FileTime.fromMillis(0);

  /**
   * What there is to see.
   *
   * @throws NoSuchFileException when it is gone
   */
  public static Sighting of(Path path) throws NoSuchFileException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Sighting(
          path,
          attributes.size(),
          attributes.lastModifiedTime(),
          changed(path, attributes),
          String.valueOf(attributes.fileKey()),
          null);
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (IOException e) {
      return new Sighting(path, 0, NEVER, NEVER, "", Reasons.of(e));
    }
  }

  private static FileTime changed(Path path, BasicFileAttributes attributes) throws IOException {
    try {
      return (FileTime) Files.getAttribute(path, "unix:ctime");
    } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
      return attributes.lastModifiedTime();
    }
  }

  /** Lets only a file pass of which something could be read, and which lies in its folder, links followed. */
  static Sighting check(Sighting sighting) throws Stage.Refusal {
    if (sighting.unreadable != null) {
      throw new Stage.Refusal("It cannot be read: " + sighting.unreadable);
    }
    try {
      Path folder = sighting.path.toAbsolutePath().getParent();
      if (folder != null && !sighting.path.toRealPath().startsWith(folder.toRealPath())) {
        throw new Stage.Refusal(
            "It is a link that leads out of the folder; put the jar itself there");
      }
    } catch (IOException e) {
      throw Stage.Refusal.of("It cannot be read", e);
    }
    return sighting;
  }

  /** The bare name. */
  public String file() {
    return path.getFileName().toString();
  }

  /** Whether the same file is still there, unchanged. */
  public boolean stillHolds() {
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
