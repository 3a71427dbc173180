package dev.losses.server.plugins.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.losses.server.plugins.PluginJar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte of a good jar is damaged in turn. */
class FlippedBitsTest {
  private static final PluginJar GOOD = PluginJar.named("good", "1").withLoss("Good", "good", 1);

  @TempDir
  Path folder;

  @Test
  void aJarWhoseClassesChangedNeverPassesUnnoticed() throws IOException {
    byte[] good = GOOD.bytes();
    Path file = folder.resolve("damaged.jar");
    Map<String, String> classes = classes(good, file);
    int refused = 0;
    for (int at = 0; at < good.length; at++) {
      byte[] damaged = good.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      if (passes(damaged, file)) {
        // Damage in a date harms nobody; one in a name loses the class, which is then missed.
        assertThat(classes.values())
            .as("byte %d", at)
            .containsAll(classes(damaged, file).values());
      } else {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(good.length / 2);
  }

  private static boolean passes(byte[] jar, Path file) throws IOException {
    Files.write(file, jar);
    Identity identity = Identity.ofFile("damaged.jar").withDigest("sha256:0");
    try {
      JarStructure.check(new StoredJar(identity, file, () -> {}));
      return true;
    } catch (Stage.Refusal e) {
      return false;
    }
  }

  private static Map<String, String> classes(byte[] jar, Path file) throws IOException {
    Files.write(file, jar);
    Map<String, String> classes = new TreeMap<>();
    try (JarFile open = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(open.entries())) {
        if (entry.getName().endsWith(".class")) {
          try (InputStream in = open.getInputStream(entry)) {
            classes.put(entry.getName(), java.util.HexFormat.of().formatHex(in.readAllBytes()));
          }
        }
      }
    }
    return classes;
  }
}
