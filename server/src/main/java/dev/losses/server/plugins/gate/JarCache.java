package dev.losses.server.plugins.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private copies of jars, named by the hash of their bytes. What is checked is the copy, and what is checked is what
 * runs: the file in the folder may be overwritten or deleted at any time. A copy is deleted when nobody uses it.
 */
public final class JarCache implements AutoCloseable {
  /** What a jar may measure, packed and unpacked. */
  static final long MOST_BYTES = 512L << 20;

  private static final String PART = "losses-copy-";
  /** What the cache itself makes; the user's own files in its directory are left alone. */
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.jar|" + PART + "\\d+\\.part");

  private static final Logger log = LoggerFactory.getLogger(JarCache.class);

  private final Path directory;
  private final boolean temporary;
  private final Map<String, Integer> users = new HashMap<>();

  private JarCache(Path directory, boolean temporary) {
    this.directory = directory;
    this.temporary = temporary;
  }

  /**
   * The cache in that directory, or in a temporary one where it is null. Copies that an earlier run left behind are deleted.
   *
   * @throws IllegalArgumentException when the directory is the plugin folder
   */
  public static JarCache in(@Nullable Path directory, Path pluginFolder) throws IOException {
    if (directory == null) {
      return new JarCache(Files.createTempDirectory("losses-plugins-"), true);
    }
    Files.createDirectories(directory);
    if (Files.exists(pluginFolder) && Files.isSameFile(directory, pluginFolder)) {
      throw new IllegalArgumentException(
          "losses.plugins.cache-directory must not be the plugin folder, " + pluginFolder);
    }
    JarCache cache = new JarCache(directory, false);
    cache.clear();
    return cache;
  }

  Path directory() {
    return directory;
  }

  /** Copies a jar. */
  StoredJar store(Sighting jar) throws Stage.Refusal {
    if (!Files.isRegularFile(jar.path())) {
      throw new Stage.Refusal("It is not a regular file");
    }
    if (jar.size() > MOST_BYTES) {
      throw new Stage.Refusal("It is larger than " + MOST_BYTES + " bytes");
    }
    try {
      Path part = Files.createTempFile(directory, PART, ".part");
      try {
        String hash = copy(jar.path(), part, jar.size());
        if (!jar.stillHolds()) {
          throw new Stage.Refusal("It changed while it was being copied");
        }
        return keep(jar.identity(), part, hash);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw Stage.Refusal.of("It cannot be copied", e);
    }
  }

  /** Copies so many bytes; a file that has more by now is one that changes. */
  private static String copy(Path from, Path to, long size) throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(to), sha256)) {
      byte[] buffer = new byte[1 << 16];
      long left = size;
      for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
        out.write(buffer, 0, (int) Math.min(read, left));
        left -= read;
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private synchronized StoredJar keep(Identity identity, Path part, String hash)
      throws IOException {
    Path copy = directory.resolve(hash + ".jar");
    // One that somebody has deleted is made again.
    if (!users.containsKey(hash) || !Files.exists(copy)) {
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
    }
    return use(identity.withDigest("sha256:" + hash), copy, hash);
  }

  /** The same copy once more, for another user, who closes it, too. */
  synchronized StoredJar share(StoredJar jar) {
    String name = String.valueOf(jar.path().getFileName());
    String hash = name.substring(0, name.indexOf('.'));
    if (!users.containsKey(hash)) {
      throw new IllegalStateException("The copy of " + jar.identity() + " is closed");
    }
    return use(jar.identity(), jar.path(), hash);
  }

  private StoredJar use(Identity identity, Path copy, String hash) {
    users.merge(hash, 1, Integer::sum);
    AtomicBoolean released = new AtomicBoolean();
    return new StoredJar(identity, copy, () -> {
      if (released.compareAndSet(false, true)) {
        release(hash, copy);
      }
    });
  }

  private synchronized void release(String hash, Path copy) {
    if (users.computeIfPresent(hash, (key, count) -> count == 1 ? null : count - 1) == null) {
      delete(copy);
    }
  }

  private void clear() throws IOException {
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(directory, JarCache::isOurs)) {
      copies.forEach(JarCache::delete);
    }
  }

  private static boolean isOurs(Path file) {
    return OURS.matcher(file.getFileName().toString()).matches();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("A plugin's private copy cannot be deleted: {}", Reasons.of(e));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public synchronized void close() {
    if (!temporary) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      files.forEach(JarCache::delete);
    } catch (IOException e) {
      log.warn("The private copies of plugins cannot be deleted: {}", Reasons.of(e));
    }
    delete(directory);
  }
}
