package dev.losses.api.internal;

import dev.losses.api.LossSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Tells which code a class comes from: the name and version of its jar's manifest and the digest of its bytes. Each jar
 * or classes directory is read once.
 */
public final class CodeOrigin {
  private static final LossSource UNKNOWN = new LossSource("unknown", "0", "unknown");

  private final Map<String, LossSource> known = new ConcurrentHashMap<>();

  /** The source of a class; named {@code unknown} where the class came from nothing that can be read again. */
  public LossSource of(Class<?> type) {
    CodeSource code = type.getProtectionDomain().getCodeSource();
    URL location = code == null ? null : code.getLocation();
    return location == null ? UNKNOWN : at(location);
  }

  LossSource at(URL location) {
    return known.computeIfAbsent(location.toString(), key -> {
      try {
        return read(location);
      } catch (IOException | URISyntaxException e) {
        return UNKNOWN;
      }
    });
  }

  private static LossSource read(URL location) throws IOException, URISyntaxException {
    if (location.getProtocol().equals("file")) {
      Path path = Path.of(location.toURI());
      if (Files.isDirectory(path)) {
        return source(location, directoryManifest(path), directoryDigest(path));
      }
    }
    URL jar = jar(location);
    try (InputStream bytes = jar.openStream();
        InputStream again = jar.openStream()) {
      return source(location, jarManifest(again), digest(bytes));
    }
  }

  /** The jar itself of a URL {@code jar:...!/}, as a jar within a Spring Boot jar has ({@code jar:nested:...}). */
  private static URL jar(URL location) throws IOException {
    return location.openConnection() instanceof JarURLConnection connection
        ? connection.getJarFileURL()
        : location;
  }

  private static LossSource source(URL location, Manifest manifest, String digest) {
    Function<Attributes.Name, Optional<String>> attribute =
        name -> Optional.ofNullable(manifest.getMainAttributes().getValue(name));
    return new LossSource(
        attribute.apply(Attributes.Name.IMPLEMENTATION_TITLE).orElseGet(() -> fileName(location)),
        attribute.apply(Attributes.Name.IMPLEMENTATION_VERSION).orElse("0"),
        digest);
  }

  private static String fileName(URL location) {
    String path = location.getPath().replaceAll("[!/]+$", "");
    return path.substring(path.lastIndexOf('/') + 1).replaceAll("\\.jar$", "");
  }

  private static Manifest directoryManifest(Path directory) throws IOException {
    try (InputStream stream = Files.newInputStream(directory.resolve(JarFile.MANIFEST_NAME))) {
      return new Manifest(stream);
    } catch (NoSuchFileException e) {
      return new Manifest();
    }
  }

  private static Manifest jarManifest(InputStream jar) throws IOException {
    ZipInputStream zip = new ZipInputStream(jar);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
        return new Manifest(zip);
      }
    }
    return new Manifest();
  }

  private static String digest(InputStream bytes) throws IOException {
    MessageDigest digest = sha256();
    new DigestInputStream(bytes, digest).transferTo(OutputStream.nullOutputStream());
    return text(digest);
  }

  private static String directoryDigest(Path directory) throws IOException {
    MessageDigest digest = sha256();
    List<Path> files;
    try (Stream<Path> entries = Files.walk(directory)) {
      files = entries.filter(Files::isRegularFile).toList();
    }
    Function<Path, String> name = file -> directory.relativize(file).toString().replace('\\', '/');
    for (Path file : files.stream().sorted(Comparator.comparing(name)).toList()) {
      // The lengths keep apart what would be the same run of bytes.
      digest.update(
          (name.apply(file) + "\0" + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return text(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String text(MessageDigest digest) {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }
}
