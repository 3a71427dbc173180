package dev.losses.server.plugins.gate;

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
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/** Reads every byte of a jar before any of its code runs: a damaged one must not fail later, in the middle of a call. */
final class JarStructure {
  private static final String SERVICES = "META-INF/services/" + LossFunction.class.getName();

  private static final String INDEX = "META-INF/INDEX.LIST";
  private static final int MOST_ENTRIES = 65_536;
  private static final long MOST_BYTES = JarCache.MOST_BYTES;
  private static final long MOST_BYTES_IN_MEMORY = 8 << 20;

  private JarStructure() {}

  static CheckedJar check(StoredJar stored) throws Stage.Refusal {
    try (JarFile jar = new JarFile(stored.path().toFile())) {
      if (jar.size() > MOST_ENTRIES) {
        throw new Stage.Refusal("It has more than " + MOST_ENTRIES + " entries");
      }
      EntryNames names = new EntryNames();
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        names.check(entries.nextElement().getName());
      }
      Budget budget = new Budget(MOST_BYTES);
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        checkSum(jar, entries.nextElement(), budget);
      }
      // Only now: it reads whole entries into memory.
      refuseOtherJars(jar);
      return new CheckedJar(
          identity(stored.identity(), jar.getManifest()), stored, classNames(jar), false);
    } catch (IOException | IllegalArgumentException e) {
      throw Stage.Refusal.of("It is not a readable jar", e);
    }
  }

  // Through a class path or an index, code would run that nobody has checked.
  private static void refuseOtherJars(JarFile jar) throws IOException, Stage.Refusal {
    if (main(jar.getManifest()).containsKey(Attributes.Name.CLASS_PATH)) {
      throw new Stage.Refusal("Its manifest has a Class-Path; a plugin must be one jar");
    }
    if (jar.getEntry(INDEX) != null) {
      throw new Stage.Refusal("It has a " + INDEX + "; a plugin must be one jar");
    }
  }

  private static void checkSum(JarFile jar, JarEntry entry, Budget budget)
      throws IOException, Stage.Refusal {
    CRC32 crc = new CRC32();
    if (isReadIntoMemory(entry.getName()) && entry.getSize() > MOST_BYTES_IN_MEMORY) {
      throw new Stage.Refusal(
          "The entry " + entry.getName() + " is larger than " + MOST_BYTES_IN_MEMORY + " bytes");
    }
    long before = budget.left;
    try (InputStream in = new CheckedInputStream(jar.getInputStream(entry), crc)) {
      in.transferTo(budget);
    } catch (Budget.Spent e) {
      throw new Stage.Refusal("It unpacks to more than " + MOST_BYTES + " bytes");
    } catch (IOException e) {
      throw Stage.Refusal.of("The entry " + entry.getName() + " is damaged", e);
    }
    if (crc.getValue() != entry.getCrc() || before - budget.left != entry.getSize()) {
      throw new Stage.Refusal(
          "The entry " + entry.getName() + " is damaged: its checksum or its size is wrong");
    }
  }

  private static boolean isReadIntoMemory(String name) {
    return name.endsWith(".class")
        || name.equals(SERVICES)
        || name.equalsIgnoreCase(JarFile.MANIFEST_NAME);
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
      for (String name : names) {
        if (!SourceVersion.isName(name)) {
          throw new Stage.Refusal(
              SERVICES + " has the line '" + name + "', which is not the name of a class");
        }
      }
      return names;
    }
  }

  private static Identity identity(Identity known, @Nullable Manifest manifest)
      throws Stage.Refusal {
    Attributes main = main(manifest);
    return known
        .withManifest(
            main.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
            main.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
        .checked();
  }

  private static Attributes main(@Nullable Manifest manifest) {
    return manifest == null ? new Attributes() : manifest.getMainAttributes();
  }

  /** Takes the bytes of a whole jar, and no more than are reasonable: a small jar may unpack to terabytes. */
  private static final class Budget extends OutputStream {
    private long left;

    Budget(long most) {
      this.left = most;
    }

    static final class Spent extends IOException {
      private static final long serialVersionUID = 1L;
    }

    @Override
    public void write(int b) throws Spent {
      spend(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws Spent {
      spend(length);
    }

    private void spend(int bytes) throws Spent {
      left -= bytes;
      if (left < 0) {
        throw new Spent();
      }
    }
  }
}
