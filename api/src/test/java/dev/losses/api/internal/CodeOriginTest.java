package dev.losses.api.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.losses.api.LossSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeOriginTest {
  @TempDir
  private Path folder;

  @Test
  void aJarIsNamedByItsManifestAndTheDigestOfItsBytes() throws Exception {
    Path jar = jar("my-losses-2.jar", manifest("My losses", "2.1"));
    LossSource source = new LossSource("My losses", "2.1", "sha256:" + sha256(jar));
    assertEquals(source, new CodeOrigin().at(jar.toUri().toURL()));
  }

  @Test
  void aJarWithinAUrlIsReadAsItself() throws Exception {
    Path jar = jar("my-losses-2.jar", new Manifest());
    URL url = URI.create("jar:" + jar.toUri() + "!/").toURL();
    assertEquals(
        new LossSource("my-losses-2", "0", "sha256:" + sha256(jar)), new CodeOrigin().at(url));
  }

  @Test
  void aDirectoryIsNamedByItsManifestAndTheDigestOfItsEntries() throws Exception {
    Path one = directory("one", "a", "1");
    Path same = directory("same", "a", "1");
    Path other = directory("other", "a", "2");
    LossSource source = new CodeOrigin().at(one.toUri().toURL());
    assertEquals("Built", source.plugin());
    assertEquals("3", source.version());
    assertEquals(source, new CodeOrigin().at(same.toUri().toURL()));
    assertNotEquals(source.digest(), new CodeOrigin().at(other.toUri().toURL()).digest());
  }

  @Test
  void whatCannotBeReadIsUnknown() throws Exception {
    assertEquals("unknown", new CodeOrigin().of(String.class).plugin());
    assertEquals(
        "unknown",
        new CodeOrigin().at(folder.resolve("gone.jar").toUri().toURL()).plugin());
  }

  private Path directory(String name, String file, String text) throws IOException {
    Path directory = folder.resolve(name);
    Files.createDirectories(directory.resolve("META-INF"));
    try (OutputStream out = Files.newOutputStream(directory.resolve("META-INF/MANIFEST.MF"))) {
      manifest("Built", "3").write(out);
    }
    Files.writeString(directory.resolve(file), text);
    return directory;
  }

  private Path jar(String name, Manifest manifest) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("a.txt"));
      out.write("a".getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      manifest.write(out);
    }
    return jar;
  }

  private static Manifest manifest(String title, String version) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    return manifest;
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
