package dev.losses.server.plugins;

import dev.losses.spi.LossFunction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** Reads every byte of a jar before any of its code runs: a damaged one must not fail later, in the middle of a call. */
final class JarStructure {
  private static final String SERVICES = "META-INF/services/" + LossFunction.class.getName();

  private JarStructure() {}

  static CheckedJar check(StoredJar stored) throws Stage.Refusal {
    try (JarFile jar = new JarFile(stored.path().toFile())) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        checkSum(jar, entries.nextElement());
      }
      return new CheckedJar(
          identity(stored.identity(), jar.getManifest()), stored, classNames(jar));
    } catch (IOException | IllegalArgumentException e) {
      throw Stage.Refusal.of("It is not a readable jar", e);
    }
  }

  private static void checkSum(JarFile jar, JarEntry entry) throws IOException, Stage.Refusal {
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(jar.getInputStream(entry), crc)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw Stage.Refusal.of("The entry " + entry.getName() + " is damaged", e);
    }
    if (crc.getValue() != entry.getCrc()) {
      throw new Stage.Refusal(
          "The entry " + entry.getName() + " is damaged: its checksum is wrong");
    }
  }

  private static List<String> classNames(JarFile jar) throws IOException, Stage.Refusal {
    JarEntry services = jar.getJarEntry(SERVICES);
    if (services == null) {
      throw new Stage.Refusal("It has no " + SERVICES + ", which names the classes of its losses");
    }
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(jar.getInputStream(services), StandardCharsets.UTF_8))) {
      List<String> names = lines
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .distinct()
          .toList();
      if (names.isEmpty()) {
        throw new Stage.Refusal(SERVICES + " names no class");
      }
      return names;
    }
  }

  private static Identity identity(Identity known, @Nullable Manifest manifest) {
    Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
    return known.withManifest(
        main.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
        main.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
  }
}
